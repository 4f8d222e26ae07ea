package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.baselines.LayerReweighting;
import org.evenhand.baselines.NoModel;
import org.evenhand.core.Answers;
import org.evenhand.core.Change;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.eraser.ChosenTrainer;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Estimator;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;

/**
 * What the deployed models of one division of a task give, each erased unless that has been done
 * before.
 *
 * @param models of the division
 */
record TableOneDivision(TrainedModels models) {
  /** S1 told the attributes instead of reading them. */
  private static final String KNOWN = "S1, attributes known";

  private static final String WITHOUT_MODEL = "no deployed model";
  private static final String LAYERS = LayerReweighting.METHOD.code();

  /**
   * As the command has it: each trains on half the rows, which costs little more than one training
   * on all, and still every calibration row is judged by a patch that has not seen it.
   */
  static final int FOLDS = 2;

  /**
   * Runs every division of a task that is asked for.
   *
   * @param models that can be asked for
   * @return the report's files
   */
  static List<Path> runAll(
      Experiment.Setting setting,
      ImageTask task,
      ImageScale scale,
      List<Deployed> models,
      PartReport<ErasedPart> report,
      Progress progress) {
    return TrainedModels.inEveryDivision(
        setting,
        task,
        scale,
        setting.images().seeds(models, setting.repetitions()),
        report,
        progress,
        (trained, asked) -> new TableOneDivision(trained).run(asked));
  }

  private List<ErasedPart> run(List<Deployed> asked) {
    Map<Deployed, ErasedPart> parts = new LinkedHashMap<>();
    asked.forEach(
        model ->
            models
                .store()
                .part(file(model), ErasedPart.class)
                .ifPresent(part -> parts.put(model, part)));
    if (parts.size() < asked.size()) {
      try (ImageRows rows = models.rows()) {
        RememberingTrainer patches =
            new RememberingTrainer(
                new ImagePatchTrainer(models.here(models.scale().patch()), models.progress()));
        for (Deployed model : asked) {
          parts.computeIfAbsent(model, each -> erase(each, rows, patches));
        }
      }
    }
    return asked.stream()
        .flatMap(
            model -> Optional.ofNullable(parts.get(model)).map(part -> part.of(model)).stream())
        .toList();
  }

  private String file(Deployed asked) {
    String key =
        PartStore.key(
            models.name(asked),
            models.scale().patch().settings(),
            Estimator.candidates(),
            FOLDS,
            ErasedAnswers.OWN,
            LAYERS);
    return "part-%s-%s-%d-%s.json"
        .formatted(models.task().name(), asked.kind().name(), models.seed(), key);
  }

  private ErasedPart erase(Deployed asked, ImageRows rows, RememberingTrainer patches) {
    Path model = models.file(asked, rows);
    long start = System.nanoTime();
    try (OnnxClassifier deployed = OnnxClassifier.open(model)) {
      Bench bench =
          new Bench(
              deployed,
              rows,
              Answered.by(deployed, rows.calibration()),
              Answered.by(deployed, rows.test()),
              new OwnFeatures(new ModelSource.File(model, OnnxOptions.defaults())),
              patches,
              models.seed());
      ErasedAnswers erased = bench.erased();
      Map<String, Answers.Soft> answers = new LinkedHashMap<>(erased.byMethod());
      answers.putAll(bench.beside(erased));
      ErasedPart part =
          new ErasedPart(
              models.task().name(),
              asked.kind().name(),
              models.seed(),
              erased.chosen(),
              erased.declined(),
              ErasedAnswers.figures(answers, rows.test(), rows.groupedBy(), models.seed()),
              ofEach(answers, rows),
              TrainedModels.seconds(deployed),
              (System.nanoTime() - start) / 1e9);
      models.store().keep(file(asked), part);
      return part;
    }
  }

  private Map<String, Map<String, ErasureFigures>> ofEach(
      Map<String, Answers.Soft> answers, ImageRows rows) {
    Map<String, Map<String, ErasureFigures>> figures = new LinkedHashMap<>();
    if (rows.erased().size() > 1) {
      for (String attribute : rows.erased()) {
        figures.put(
            attribute, ErasedAnswers.figures(answers, rows.test(), attribute, models.seed()));
      }
    }
    return figures;
  }

  /**
   * A deployed model with the rows on which erasures are tried.
   *
   * @param calibration the rows to fit on, with its answers
   * @param test the rows to measure on, with its answers
   * @param own trains patches over its activations
   * @param patches trains them over the images
   */
  private record Bench(
      OnnxClassifier deployed,
      ImageRows rows,
      Answered calibration,
      Answered test,
      OwnFeatures own,
      RememberingTrainer patches,
      long seed) {
    /** By the default and by every estimator. */
    ErasedAnswers erased() {
      return ErasedAnswers.of(
          calibration,
          test,
          rows.erased(),
          new ChosenTrainer(List.of(own, patches)),
          // The network in training uses the threads.
          EraserSettings.DEFAULT.withFolds(FOLDS).withSeed(seed).withThreads(1),
          Estimator.candidates());
    }

    /** What stands beside them. */
    Map<String, Answers.Soft> beside(ErasedAnswers erased) {
      Map<String, Answers.Soft> answers = new LinkedHashMap<>();
      by(own, Estimator.of(erased.chosen()))
          .ifPresent(given -> answers.put(ErasedAnswers.OWN, given));
      by(patches, Estimator.of("P1")).ifPresent(given -> answers.put(ErasedAnswers.PAPER, given));
      if (rows.erased().size() > 1) {
        known().ifPresent(given -> answers.put(KNOWN, given));
      }
      answers.put(LAYERS, by(new LayerReweighting(own)));
      answers.put(WITHOUT_MODEL, by(new NoModel(patches)));
      return answers;
    }

    private Optional<Answers.Soft> by(PatchTrainer trainer, Estimator estimator) {
      return ErasedAnswers.by(calibration, test, rows.erased(), trainer, estimator, seed);
    }

    /** The estimator that takes most from the rows, told the attributes instead of reading them. */
    private Optional<Answers.Soft> known() {
      return ErasedAnswers.by(
          new Answered(ImageRows.withAttributes(calibration.set()), calibration.answers()),
          new Answered(ImageRows.withAttributes(test.set()), test.answers()),
          rows.erased(),
          new KnownAttributes(),
          Estimator.of("S1"),
          seed);
    }

    /** By a method of the search for a repair, which has one bias to take: by all groups. */
    private Answers.Soft by(Repair repair) {
      RepairTask task =
          RepairTask.of(calibration.set(), calibration.answers(), List.of(rows.groupedBy()))
              .withSeed(seed);
      Change change = repair.propose(task).change();
      return (Answers.Soft) change.applyTo(deployed).answer(test.set().inputs());
    }
  }
}
