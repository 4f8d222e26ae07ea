package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;

/**
 * Table IV of Rule Eraser: methods that need more than a deployed model's answers, or fewer rows of
 * the table, side by side on the vanilla models of Table I.
 */
final class TableFour implements Experiment {
  static final String NAME = "table-4";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Other methods beside Rule Eraser on one task of the paper's Table IV at a time (--task).";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    ImageChoices images = setting.images();
    ImageTask task = images.task();
    ImageScale scale = task.scale(images.size());
    return TrainedModels.inEveryDivision(
        setting,
        task,
        scale,
        images.seeds(List.of(Deployed.vanilla("vanilla", scale.deployed())), setting.repetitions()),
        new TableFourReport(setting, task, scale),
        progress,
        (models, asked) -> new TableFourDivision(models).run(asked));
  }
}
