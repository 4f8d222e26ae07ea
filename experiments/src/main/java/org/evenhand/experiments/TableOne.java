package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;

/**
 * The image tasks of Table I of Rule Eraser: deployed models of every kind are trained, written as
 * ONNX files, then treated as black boxes.
 */
final class TableOne implements Experiment {
  static final String NAME = "table-1";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Rule Eraser on image models, one task of the paper's Table I at a time (--task).";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    ImageTask task = setting.images().task();
    ImageScale scale = task.scale(setting.images().size());
    PartReport<ErasedPart> report = new TableOneReport(setting, task, scale);
    List<Deployed> models = Deployed.ofEveryKind(scale.deployed());
    return TableOneDivision.runAll(setting, task, scale, models, report, progress);
  }
}
