package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Progress;
import org.evenhand.training.ModelKind;

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
    PartStore store = new PartStore(setting.images().work());
    String data = Artefacts.of("images", task.source(setting.data())).sha256();
    TableOneReport report = new TableOneReport(setting, task, scale);
    Map<ModelKind, Integer> seeds = setting.images().seeds(setting.repetitions());
    int most = seeds.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    List<Path> written = List.of();
    for (int seed = 1; seed <= most; seed++) {
      int current = seed;
      List<ModelKind> kinds =
          seeds.entrySet().stream()
              .filter(kind -> kind.getValue() >= current)
              .map(Map.Entry::getKey)
              .toList();
      new TableOneDivision(setting, task, scale, store, data, seed, progress)
          .run(kinds)
          .forEach(report::add);
      // A long experiment keeps what it has.
      written = report.write();
    }
    return written;
  }
}
