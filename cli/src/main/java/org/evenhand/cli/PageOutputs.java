package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.RepairFiles;
import picocli.CommandLine.Option;

/** Where a repair's pages go: beside the repaired model unless said otherwise. */
@Under(Heading.OUTPUT)
final class PageOutputs {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report page (default: FILE.report.html beside --out FILE.onnx).")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description =
          "All numbers with their provenance (default: FILE.evidence.json beside --out FILE.onnx).")
  private Optional<Path> evidence = Optional.empty();

  Path report(Path out) {
    return report.orElseGet(() -> RepairFiles.beside(out, "report.html"));
  }

  Path evidence(Path out) {
    return evidence.orElseGet(() -> RepairFiles.beside(out, "evidence.json"));
  }
}
