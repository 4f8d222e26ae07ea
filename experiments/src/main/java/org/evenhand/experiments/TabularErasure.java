package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.GroupSummary;
import org.evenhand.audit.NoiseFloor;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.data.Dataset;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserException;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Estimator;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * Erases the bias of the given tabular models with default settings and with every estimator, on
 * random re-divisions of the rows that the models were not trained on. Fitted on calibration rows,
 * measured on test rows.
 */
final class TabularErasure implements Experiment {
  /** One model and the attribute whose bias is erased. */
  private record Task(String model, Dataset dataset, String attribute) {}

  private static final List<Task> TASKS =
      List.of(
          new Task("compas-mlp", Dataset.COMPAS, "race"),
          new Task("lsac-mlp", Dataset.LSAC, "race"),
          new Task("lsac-gbdt", Dataset.LSAC, "race"),
          new Task("adult-gbdt", Dataset.ADULT, "sex"),
          new Task("adult-mlp", Dataset.ADULT, "sex"),
          new Task("compas-mlp-norace", Dataset.COMPAS, "race"));

  private static final int NOISE_DRAWS = 999;

  @Override
  public String name() {
    return "erase-tabular";
  }

  @Override
  public String description() {
    return "Rule Eraser on the given tabular models, before and after, over random re-divisions.";
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    TabularErasureReport report = new TabularErasureReport(setting);
    int steps = TASKS.size() * setting.repetitions();
    int done = 0;
    for (Task task : TASKS) {
      Deployment deployment =
          Deployment.load(setting.data(), task.model(), task.dataset(), List.of(task.attribute()));
      for (int seed = 1; seed <= setting.repetitions(); seed++) {
        report.add(task.model(), task.attribute(), seed, divide(deployment, seed, setting));
        progress.step("erasing " + task.model(), ++done, steps);
      }
    }
    return report.write();
  }

  /**
   * What one division gave.
   *
   * @param figures by row of the table: {@code before}, {@code default}, each estimator's code, …
   * @param chosen the default's estimator
   * @param declined whether the default repair is declined
   */
  record Outcome(Map<String, Figures> figures, String chosen, boolean declined) {}

  /**
   * Figures on the test rows of one division.
   *
   * @param groups averages over groups, and overall accuracy
   * @param noiseFloor mean Model Bias that chance alone gives
   */
  record Figures(GroupSummary groups, double noiseFloor) {
    static Figures of(LabelledSet test, String attribute, Answers.Soft answers, long seed) {
      int[] decisions = answers.decisions(EraserSettings.DEFAULT.decisionRule());
      ConfusionTable table =
          ConfusionTable.of(test.target(), test.attribute(attribute), decisions, test.weights());
      GroupSummary groups = GroupSummary.of(table);
      NoiseFloor floor = NoiseFloor.of(table, groups.modelBias(), NOISE_DRAWS, seed);
      return new Figures(groups, floor.mean());
    }
  }

  private static Outcome divide(Deployment deployment, long seed, Setting setting) {
    List<int[]> parts = deployment.divide(seed);
    LabelledSet calibration = deployment.set().select(parts.get(0));
    Answers.Soft known = deployment.answers().select(parts.get(0));
    LabelledSet test = deployment.set().select(parts.get(1));
    Answers.Soft answers = deployment.answers().select(parts.get(1));
    String attribute = test.attributes().get(0).name();
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
    RepairProposal proposal =
        Eraser.propose(calibration, List.of(attribute), known, trainer, setting.erasure(seed));

    Map<String, Figures> figures = new LinkedHashMap<>();
    figures.put("before", Figures.of(test, attribute, answers, seed));
    figures.put(
        "default",
        Figures.of(test, attribute, proposal.removal().apply(answers, test.inputs()), seed));
    figures.put(
        "default, keep-class-prior",
        Figures.of(test, attribute, proposal.otherGoal().apply(answers, test.inputs()), seed));
    Distillation distillation =
        Distillation.of(calibration, List.of(attribute), known, trainer, seed);
    for (Estimator estimator : Estimator.all()) {
      corrected(distillation, estimator, answers, test)
          .ifPresent(
              soft -> figures.put(estimator.code(), Figures.of(test, attribute, soft, seed)));
    }
    return new Outcome(figures, proposal.estimator().code(), proposal.declined().isPresent());
  }

  private static Optional<Answers.Soft> corrected(
      Distillation distillation, Estimator estimator, Answers.Soft answers, LabelledSet test) {
    try {
      return Optional.of(
          distillation.removal(estimator, Goal.UNIFORM, 1).apply(answers, test.inputs()));
    } catch (EraserException e) {
      return Optional.empty();
    }
  }
}
