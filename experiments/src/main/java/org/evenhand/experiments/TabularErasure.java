package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;
import org.evenhand.datasets.Dataset;
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

  private static ErasureOutcome divide(Deployment deployment, long seed, Setting setting) {
    List<int[]> parts = deployment.divide(seed);
    return ErasureOutcome.of(
        deployment.answered(parts.get(0)),
        deployment.answered(parts.get(1)),
        new Perceptron(PerceptronSettings.DEFAULT),
        setting.erasure(seed));
  }
}
