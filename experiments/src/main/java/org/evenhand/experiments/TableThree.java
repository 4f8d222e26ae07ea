package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;

/**
 * Table III of Rule Eraser: two biases of one model erased together. The paper's UrbanCars is
 * pasted from pictures that cannot be passed on, so {@link TwoColoursTask} stands in for it.
 */
final class TableThree implements Experiment {
  static final String NAME = "table-3";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Rule Eraser on image models with two biases at once, as in the paper's Table III.";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    setting.images().requireNoTask(NAME);
    ImageTask task = new TwoColoursTask();
    ImageScale scale = task.scale(setting.images().size());
    PartReport report = new TableThreeReport(setting, task, scale);
    List<Deployed> models = Deployed.ofEveryKind(scale.deployed());
    return TableOneDivision.runAll(setting, task, scale, models, report, progress);
  }
}
