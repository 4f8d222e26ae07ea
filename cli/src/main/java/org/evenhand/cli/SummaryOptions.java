package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.OutputFiles;
import picocli.CommandLine.Option;

/** Where a summary goes. */
@Under(Heading.OUTPUT)
final class SummaryOptions {
  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description =
          "Add a summary in Markdown to the end of this file, such as GitHub's $GITHUB_STEP_SUMMARY.")
  private Optional<Path> summary = Optional.empty();

  /**
   * Refuses a file that cannot be added to, before any work.
   *
   * @param outputs the other files that will be written
   * @param inputs the files that are read
   */
  void requireWritable(Collection<Path> outputs, List<Path> inputs) {
    summary.ifPresent(
        file -> {
          List<Path> all = new ArrayList<>(outputs);
          all.add(file);
          OutputFiles.requireWritable(all, inputs);
        });
  }

  /** Writes it, if it is wanted. */
  void write(Consumer<Path> writer) {
    summary.ifPresent(writer);
  }
}
