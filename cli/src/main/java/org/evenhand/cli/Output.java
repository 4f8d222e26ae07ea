package org.evenhand.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks of output paths before any work is done, so that nothing is computed in vain or
 * overwritten.
 */
final class Output {
  private Output() {}

  /** Refuses an output that is one of the inputs, a folder, or in a folder that is not there. */
  static void requireWritable(Path output, List<Path> inputs) {
    if (Files.isDirectory(output)) {
      throw new CliException("The output '%s' is a folder; name a file in it.".formatted(output));
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CliException(
          "The folder of the output '%s' does not exist; create it first.".formatted(output));
    }
    if (!Files.isWritable(folder)) {
      throw new CliException(
          "The folder of the output '%s' cannot be written to.".formatted(output));
    }
    for (Path input : inputs) {
      if (same(output, input)) {
        throw new CliException(
            "The output '%s' is also an input; name another file, so that the original stays."
                .formatted(output));
      }
    }
  }

  private static boolean same(Path output, Path input) {
    try {
      return Files.exists(output)
          ? Files.isSameFile(output, input)
          : output.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize());
    } catch (IOException e) {
      return false;
    }
  }
}
