package org.evenhand.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** All of them, by role. */
  Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("model", fused());
    files.put("patch", patch());
    files.put("report", report());
    files.put("evidence", evidence());
    return files;
  }
}
