package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.core.Progress;

/**
 * Table III of Rule Eraser: two biases of one model erased together. The paper's UrbanCars is
 * pasted from pictures that cannot be passed on, so {@link TwoColoursTask} stands in for it; {@link
 * UrbanCarsTask} is for whoever has them.
 */
final class TableThree implements Experiment {
  static final String NAME = "table-3";

  /** The first is the usual one. */
  private static final List<ImageTask> TASKS = List.of(new TwoColoursTask(), new UrbanCarsTask());

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
    ImageTask task = task(setting.images().requested().orElse(TASKS.get(0).name()));
    ImageScale scale = task.scale(setting.images().size());
    PartReport<ErasedPart> report = new TableThreeReport(setting, task, scale);
    List<Deployed> models = Deployed.ofEveryKind(scale.deployed());
    return TableOneDivision.runAll(setting, task, scale, models, report, progress);
  }

  private static ImageTask task(String name) {
    return TASKS.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ExperimentException(
                    "There is no task '%s' of Table III; choose one of: %s."
                        .formatted(
                            name,
                            TASKS.stream()
                                .map(ImageTask::name)
                                .collect(Collectors.joining(", ")))));
  }
}
