package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a repair's files go: all beside the first of them unless said otherwise. */
final class RepairOutputs {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "The fused model: deployed model, patch and removal in one ONNX file. For a model behind a URL: the patch with the removal, whose output 'correction' is subtracted from the model's log-probabilities.")
  private Path out = Path.of("");

  @Option(
      names = "--patch",
      paramLabel = "FILE",
      description = "The patch alone; by default patch.onnx beside the fused model.")
  private Optional<Path> patch = Optional.empty();

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

  /**
   * Where the files go.
   *
   * @param model a file can be fused with the patch, a URL cannot
   */
  RepairFiles files(ModelSource model) {
    Path reportPage = report.orElse(out.resolveSibling("report.html"));
    Path numbers = evidence.orElse(out.resolveSibling("evidence.json"));
    if (model instanceof ModelSource.File) {
      return new RepairFiles(
          Optional.of(out), patch.orElse(out.resolveSibling("patch.onnx")), reportPage, numbers);
    }
    if (patch.isPresent()) {
      throw new CliException(
          "A model behind a URL cannot be fused, so --out names the patch itself; leave --patch out.");
    }
    return new RepairFiles(Optional.empty(), out, reportPage, numbers);
  }
}
