package org.evenhand.cli;

import java.nio.file.Path;
import org.evenhand.workflow.OutputFiles;
import org.evenhand.workflow.WorkflowException;

/** Folders that options name. */
final class Folders {
  private Folders() {}

  /**
   * Makes a folder where there is none.
   *
   * @param option that names it
   */
  static void make(Path folder, String option) {
    try {
      OutputFiles.makeFolder(folder);
    } catch (WorkflowException e) {
      throw new CliException(
          "%s (%s).".formatted(String.valueOf(e.getMessage()).replaceAll("\\.$", ""), option), e);
    }
  }
}
