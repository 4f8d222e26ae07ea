package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Progress;
import org.evenhand.experiments.ImageScale.Recipe;
import org.evenhand.training.Backbone;

/** Table V of Rule Eraser: a residual network and a vision transformer for the same task. */
final class TableFive implements Experiment {
  static final String NAME = "table-5";
  static final String RESNET = "resnet34";
  static final String VIT = "vit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Rule Eraser on a ResNet-34 and a vision transformer, as in the paper's Table V.";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    setting.images().requireNoTask(NAME);
    ImageTask task = CelebaTask.BIG_NOSE;
    ImageScale scale = task.scale(setting.images().size());
    List<Deployed> models = models(setting.images().size(), scale);
    TableOneReport.Topic topic =
        new TableOneReport.Topic(
            NAME,
            "Table V of Rule Eraser: backbones",
            "%s, and %s".formatted(models.get(0).recipe(), models.get(1).recipe()),
            "The paper's transformer is ViT-B with patches of 32 pixels. ");
    PartReport<ErasedPart> report = new TableOneReport(setting, task, scale, topic);
    return TableOneDivision.runAll(setting, task, scale, models, report, progress);
  }

  private static List<Deployed> models(ImageChoices.Size size, ImageScale scale) {
    return switch (size) {
      case SMALL ->
          List.of(
              Deployed.vanilla(RESNET, new Recipe(Backbone.of("resnet34", 16), 10, 3, false)),
              Deployed.vanilla(VIT, new Recipe(Backbone.of("vit", 64), 15, 4, true)));
      // ViT-B, whose patches are as many as the paper's are in images of 256 pixels.
      case FULL ->
          List.of(
              Deployed.vanilla(RESNET, scale.deployed()),
              Deployed.vanilla(VIT, new Recipe(new Backbone.Vit(8, 768, 12, 12), 40, 5, true)));
    };
  }
}
