package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * The deployed models of one division of a task, each repaired by every method of Table IV unless
 * that has been done before.
 *
 * @param models of the division
 */
record TableFourDivision(TrainedModels models) {
  /** The deployed model as it is. */
  static final String VANILLA = "Vanilla";

  List<LaboratoryPart> run(List<Deployed> asked) {
    List<LaboratoryPart> parts = new ArrayList<>();
    for (Deployed model : asked) {
      List<Optional<LaboratoryPart>> finished =
          LaboratoryMethod.all().stream().map(method -> finished(model, method.name())).toList();
      if (finished.stream().allMatch(Optional::isPresent) && finished(model, VANILLA).isPresent()) {
        parts.add(finished(model, VANILLA).orElseThrow());
        finished.forEach(part -> parts.add(part.orElseThrow()));
      } else {
        try (ImageRows rows = models.rows()) {
          parts.addAll(repairs(model, rows));
        }
      }
    }
    return parts;
  }

  private Optional<LaboratoryPart> finished(Deployed model, String method) {
    return models.store().part(file(model, method), LaboratoryPart.class);
  }

  private String file(Deployed model, String method) {
    String key = PartStore.key(models.name(model), models.scale().patch().settings(), method);
    return "laboratory-%s-%s-%d-%s.json"
        .formatted(models.task().name(), model.kind().name(), models.seed(), key);
  }

  private List<LaboratoryPart> repairs(Deployed model, ImageRows rows) {
    Path file = models.file(model, rows);
    try (OnnxHeadedClassifier deployed = OnnxHeadedClassifier.open(file)) {
      Bench bench = Bench.of(deployed, rows, models.seed());
      List<LaboratoryPart> parts = new ArrayList<>();
      parts.add(
          finished(model, VANILLA)
              .orElseGet(
                  () ->
                      kept(model, VANILLA, List.of(bench.figures(bench.test().answers())), "", 0)));
      for (LaboratoryMethod method : LaboratoryMethod.all()) {
        parts.add(
            finished(model, method.name()).orElseGet(() -> repaired(model, method, file, bench)));
      }
      return parts;
    }
  }

  private LaboratoryPart repaired(Deployed model, LaboratoryMethod method, Path file, Bench bench) {
    models.progress().step("repairing by " + method.name(), 0, 1);
    long start = System.nanoTime();
    Repair repair = method.repair().apply(new LaboratoryMethod.Model(file, models));
    Proposal proposal;
    try {
      proposal = repair.propose(bench.task(repair.method()));
    } catch (EvenhandException e) {
      return kept(model, method.name(), List.of(), String.valueOf(e.getMessage()), 0);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Answers.Soft answers = bench.repaired(proposal);
    return kept(
        model,
        method.name(),
        List.of(bench.figures(answers)),
        proposal.declined().map("It advises against itself: "::concat).orElse(""),
        seconds);
  }

  private LaboratoryPart kept(
      Deployed model, String method, List<ErasureFigures> figures, String note, double seconds) {
    LaboratoryPart part =
        new LaboratoryPart(
            models.task().name(), model.title(), models.seed(), method, figures, note, seconds);
    models.store().keep(file(model, method), part);
    return part;
  }

  /**
   * A deployed model with the rows on which methods are tried.
   *
   * @param deployed the model
   * @param calibration the rows to fit on, with its answers
   * @param test the rows to measure on, with its answers
   * @param attribute whose bias is repaired
   * @param seed of every draw
   */
  private record Bench(
      OnnxHeadedClassifier deployed,
      Answered calibration,
      Answered test,
      String attribute,
      long seed) {
    static Bench of(OnnxHeadedClassifier deployed, ImageRows rows, long seed) {
      return new Bench(
          deployed,
          Answered.by(deployed, rows.calibration()),
          Answered.by(deployed, rows.test()),
          rows.groupedBy(),
          seed);
    }

    /**
     * What a method may learn from; only one that reads the attribute when it serves sees it as a
     * column.
     */
    RepairTask task(Method method) {
      LabelledSet rows =
          method.needs().contains(Method.Need.ATTRIBUTE_WHEN_SERVED)
              ? ImageRows.withAttributes(calibration.set())
              : calibration.set();
      return RepairTask.of(rows, calibration.answers(), List.of(attribute))
          .withHead(HeadTask.of(deployed, calibration.set()))
          .withDecisionRule(EraserSettings.DEFAULT.decisionRule())
          .withSeed(seed);
    }

    Answers.Soft repaired(Proposal proposal) {
      Table inputs = ImageRows.withAttributes(test.set()).inputs();
      return (Answers.Soft) proposal.change().applyTo(deployed).answer(inputs);
    }

    ErasureFigures figures(Answers.Soft answers) {
      return ErasureFigures.of(test.set(), attribute, answers, seed);
    }
  }
}
