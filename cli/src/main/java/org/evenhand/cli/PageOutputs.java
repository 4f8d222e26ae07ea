package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a repair's pages go: beside the repaired model unless said otherwise. */
final class PageOutputs {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report page; by default report.html beside --out.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "All numbers with their provenance; by default evidence.json beside --out.")
  private Optional<Path> evidence = Optional.empty();

  Path report(Path out) {
    return report.orElse(out.resolveSibling("report.html"));
  }

  Path evidence(Path out) {
    return evidence.orElse(out.resolveSibling("evidence.json"));
  }
}
