package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.eraser.ChosenTrainer;
import org.evenhand.eraser.Estimator;
import org.evenhand.images.ImagePack;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.training.TrainingSettings;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;

/**
 * The deployed models of one division of a task, each trained and erased unless that has been done
 * before.
 *
 * @param setting where the data are, and how many threads
 * @param task which images, and how they are divided
 * @param scale of images and networks
 * @param store of what is finished
 * @param data the hash of the file behind the images
 * @param seed of the division and of every training
 * @param progress told of every step of a training
 */
record TableOneDivision(
    Experiment.Setting setting,
    ImageTask task,
    ImageScale scale,
    PartStore store,
    String data,
    long seed,
    Progress progress) {
  private static final String WITHOUT_MODEL = "no deployed model";

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
      PartReport report,
      Progress progress) {
    PartStore store = new PartStore(setting.images().work());
    String data = ImagePack.artefact(task.source(setting.data())).sha256();
    Map<Deployed, Integer> seeds = setting.images().seeds(models, setting.repetitions());
    int most = seeds.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    List<Path> written = List.of();
    for (int seed = 1; seed <= most; seed++) {
      int current = seed;
      List<Deployed> asked =
          seeds.entrySet().stream()
              .filter(model -> model.getValue() >= current)
              .map(Map.Entry::getKey)
              .toList();
      new TableOneDivision(setting, task, scale, store, data, seed, progress)
          .run(asked)
          .forEach(report::add);
      // A long experiment keeps what it has.
      written = report.write();
    }
    return written;
  }

  private List<ErasedPart> run(List<Deployed> asked) {
    Map<Deployed, ErasedPart> parts = new LinkedHashMap<>();
    asked.forEach(
        model ->
            store.part(file(model), ErasedPart.class).ifPresent(part -> parts.put(model, part)));
    if (parts.size() < asked.size()) {
      try (ImageRows rows = task.rows(setting.data(), scale, seed)) {
        RememberingTrainer patches =
            new RememberingTrainer(new ImagePatchTrainer(patchSettings(), progress));
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
            models().name(asked), scale.patch().settings(), Estimator.all(), ErasedAnswers.CHOSEN);
    return "part-%s-%s-%d-%s.json".formatted(task.name(), asked.kind().name(), seed, key);
  }

  private ErasedPart erase(Deployed asked, ImageRows rows, RememberingTrainer patches) {
    Path model = models().of(asked, rows);
    long start = System.nanoTime();
    try (OnnxClassifier deployed = OnnxClassifier.open(model)) {
      Answered calibration = answered(deployed, rows.calibration());
      Answered test = answered(deployed, rows.test());
      OwnFeatures own = new OwnFeatures(new ModelSource.File(model, OnnxOptions.defaults()));
      ErasedAnswers erased =
          ErasedAnswers.of(calibration, test, rows.erased(), own, setting.erasure(seed));
      Map<String, Answers.Soft> answers = new LinkedHashMap<>(erased.byMethod());
      PatchTrainer better = new ChosenTrainer(List.of(own, patches));
      Estimator chosen = Estimator.of(erased.chosen());
      ErasedAnswers.by(calibration, test, rows.erased(), better, chosen, seed)
          .ifPresent(given -> answers.put(ErasedAnswers.CHOSEN, given));
      Estimator paper = Estimator.of("P1");
      ErasedAnswers.by(calibration, test, rows.erased(), patches, paper, seed)
          .ifPresent(given -> answers.put(ErasedAnswers.PAPER, given));
      answers.put(WITHOUT_MODEL, withoutModel(rows, patches));
      ErasedPart part =
          new ErasedPart(
              task.name(),
              asked.kind().name(),
              seed,
              erased.chosen(),
              erased.declined(),
              ErasedAnswers.figures(answers, rows.test(), rows.groupedBy(), seed),
              ofEach(answers, rows),
              DeployedModels.trainingSeconds(deployed),
              (System.nanoTime() - start) / 1e9);
      store.keep(file(asked), part);
      return part;
    }
  }

  private Map<String, Map<String, ErasureFigures>> ofEach(
      Map<String, Answers.Soft> answers, ImageRows rows) {
    Map<String, Map<String, ErasureFigures>> figures = new LinkedHashMap<>();
    if (rows.erased().size() > 1) {
      for (String attribute : rows.erased()) {
        figures.put(attribute, ErasedAnswers.figures(answers, rows.test(), attribute, seed));
      }
    }
    return figures;
  }

  /**
   * A network for the target that the calibration rows alone give, each group counting the same.
   */
  private Answers.Soft withoutModel(ImageRows rows, RememberingTrainer patches) {
    LabelledSet known = rows.calibration();
    int classes = known.target().classes().size();
    int[] groups = known.strata();
    Map<Integer, Integer> sizes = new HashMap<>();
    Arrays.stream(groups).forEach(group -> sizes.merge(group, 1, Integer::sum));
    double[] labels = new double[known.rows() * classes];
    double[] weights = new double[known.rows()];
    for (int row = 0; row < weights.length; row++) {
      labels[row * classes + known.target().codes()[row]] = 1;
      weights[row] = 1.0 / sizes.getOrDefault(groups[row], 1);
    }
    double[] answers =
        patches
            .train(known.inputs(), labels, classes, weights, seed)
            .logProbabilities(rows.test().inputs());
    return Answers.Soft.ofLogits(known.target().classes(), answers);
  }

  private DeployedModels models() {
    return new DeployedModels(setting, task, scale.side(), store, data, seed, progress);
  }

  private static Answered answered(OnnxClassifier deployed, LabelledSet rows) {
    return new Answered(rows, (Answers.Soft) deployed.answer(rows.inputs()));
  }

  private TrainingSettings patchSettings() {
    return models().machine(scale.patch().settings());
  }
}
