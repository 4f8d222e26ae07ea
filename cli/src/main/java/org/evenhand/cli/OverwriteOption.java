package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.OutputFiles;
import picocli.CommandLine.Option;

/** Whether earlier results may be replaced. */
@Under(Heading.OUTPUT)
final class OverwriteOption {
  @Option(names = "--overwrite", description = "Replace existing files of the same names.")
  private boolean overwrite;

  boolean given() {
    return overwrite;
  }

  /**
   * Refuses files that cannot be written or would be lost, before any work.
   *
   * @param outputs where files are to go
   * @param inputs what is read
   * @throws org.evenhand.workflow.WorkflowException on the first such file
   */
  void check(Collection<Path> outputs, List<Path> inputs) {
    OutputFiles.check(outputs, inputs, overwrite);
  }
}
