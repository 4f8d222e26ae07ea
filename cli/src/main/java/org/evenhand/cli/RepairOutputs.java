package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.RepairFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a repair's files go: all beside the first of them unless said otherwise. */
@Under(Heading.OUTPUT)
final class RepairOutputs {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "The repaired model: deployed model and correction in one ONNX file. For a model behind a URL: the correction alone, to be subtracted from the model's log-probabilities; FILE.step.onnx beside it runs after the model.")
  private Path out = Path.of("");

  @Option(
      names = "--patch-file",
      paramLabel = "FILE",
      description = "The patch alone (default: FILE.patch.onnx beside --out FILE.onnx).")
  private Optional<Path> patch = Optional.empty();

  @Mixin private PageOutputs pages = new PageOutputs();

  /**
   * Where the files go.
   *
   * @param model a file can be fused with the patch, a URL cannot
   */
  RepairFiles files(ModelSource model) {
    Path reportPage = pages.report(out);
    Path numbers = pages.evidence(out);
    if (model instanceof ModelSource.File) {
      return new RepairFiles(
          Optional.of(out),
          Optional.of(patch.orElseGet(() -> RepairFiles.beside(out, "patch.onnx"))),
          reportPage,
          numbers);
    }
    if (patch.isPresent()) {
      throw new CliException(
          "A model behind a URL cannot be fused, so --out names the patch itself; leave --patch-file out.");
    }
    return new RepairFiles(
        Optional.empty(),
        Optional.of(out),
        Optional.of(RepairFiles.beside(out, "step.onnx")),
        reportPage,
        numbers);
  }
}
