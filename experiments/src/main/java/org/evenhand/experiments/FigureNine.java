package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Head;
import org.evenhand.core.Progress;
import org.evenhand.training.ModelKind;

/** Figure 9 of Rule Eraser: a model that ends in a sigmoid beside one that ends in a softmax. */
final class FigureNine implements Experiment {
  static final String NAME = "figure-9";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Rule Eraser under a softmax and under a sigmoid, as in the paper's Figure 9.";
  }

  @Override
  public boolean ofImages() {
    return true;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    setting.images().requireNoTask(NAME);
    ImageTask task = CelebaTask.ATTRACTIVE;
    ImageScale scale = task.scale(setting.images().size());
    ModelKind vanilla = ModelKind.of("vanilla");
    List<Deployed> models =
        List.of(
            new Deployed("softmax", vanilla, scale.deployed(), Head.Link.SOFTMAX),
            new Deployed("sigmoid", vanilla, scale.deployed(), Head.Link.SIGMOID));
    TableOneReport.Topic topic =
        new TableOneReport.Topic(
            NAME,
            "Figure 9 of Rule Eraser: softmax and sigmoid",
            scale.deployed().toString(),
            "The paper draws its figures and prints none: its bias falls alike under both ends. ");
    PartReport<ErasedPart> report = new TableOneReport(setting, task, scale, topic);
    return TableOneDivision.runAll(setting, task, scale, models, report, progress);
  }
}
