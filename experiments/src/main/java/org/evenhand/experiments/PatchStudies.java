package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;

/**
 * What decides how well a patch erases: how many images it learns from (the paper's Fig. 6), how
 * its labels are formed, how large it is.
 */
final class PatchStudies implements Experiment {
  static final String NAME = "patch-studies";

  private static final String USUAL = "celeba-attractive";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Calibration images, forms of the labels and sizes of the patch of Rule Eraser, as in the paper's Fig. 6 and ablations.";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    ImageTask task = ImageTask.named(setting.images().requested().orElse(USUAL));
    ImageScale scale = task.scale(setting.images().size());
    return TrainedModels.inEveryDivision(
        setting,
        task,
        scale,
        setting
            .images()
            .seeds(List.of(Deployed.vanilla("vanilla", scale.deployed())), setting.repetitions()),
        new PatchStudiesReport(setting, task, scale),
        progress,
        (models, asked) -> new PatchStudiesDivision(models).run(asked));
  }
}
