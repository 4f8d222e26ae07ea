package org.evenhand.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a repair's files go: all beside the fused model unless said otherwise. */
final class RepairOutputs {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The fused model: deployed model, patch and removal in one ONNX file.")
  private Path fused = Path.of("");

  @Option(
      names = "--patch",
      paramLabel = "FILE",
      description = "The patch alone; by default patch.onnx beside the fused model.")
  private Optional<Path> patch = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report page; by default report.html beside the fused model.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description =
          "All numbers with their provenance; by default evidence.json beside the fused model.")
  private Optional<Path> evidence = Optional.empty();

  Path fused() {
    return fused;
  }

  Path patch() {
    return patch.orElse(fused.resolveSibling("patch.onnx"));
  }

  Path report() {
    return report.orElse(fused.resolveSibling("report.html"));
  }

  Path evidence() {
    return evidence.orElse(fused.resolveSibling("evidence.json"));
  }

  void requireWritable(List<Path> inputs) {
    List<Path> all = List.of(fused, patch(), report(), evidence());
    for (int i = 0; i < all.size(); i++) {
      Output.requireWritable(all.get(i), inputs);
      if (all.subList(0, i).contains(all.get(i))) {
        throw new CliException(
            "Two outputs are both called '%s'; give them different names.".formatted(all.get(i)));
      }
    }
  }
}
