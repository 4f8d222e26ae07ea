package org.evenhand.workflow;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.evenhand.core.Setting;

/**
 * Checks of output paths before any work is done, so that nothing is computed in vain or
 * overwritten.
 */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Refuses what {@link #requireWritable} does, and outputs that are there already unless they may
   * be replaced.
   *
   * @param outputs where files are to go
   * @param inputs what is read
   * @param overwrite whether earlier files may be replaced
   * @throws WorkflowException on the first such output
   */
  public static void check(Collection<Path> outputs, List<Path> inputs, boolean overwrite) {
    requireWritable(outputs, inputs);
    if (!overwrite) {
      requireNew(outputs);
    }
  }

  /**
   * Refuses an output that is there already, so that no earlier result is lost.
   *
   * @param outputs where files are to go
   * @throws WorkflowException on the first that exists
   */
  public static void requireNew(Collection<Path> outputs) {
    for (Path output : outputs) {
      if (Files.exists(output)) {
        throw new WorkflowException(
            "The output '%s' exists already; name another file, or allow it to be replaced."
                .formatted(output),
            Setting.OVERWRITE);
      }
    }
  }

  /**
   * Refuses two outputs that are one file, and an output that is one of the inputs, a folder, or in
   * a folder that is not there.
   *
   * @param outputs where files are to go
   * @param inputs what is read
   * @throws WorkflowException on the first such output
   */
  public static void requireWritable(Collection<Path> outputs, List<Path> inputs) {
    List<Path> seen = new ArrayList<>();
    for (Path output : outputs) {
      requirePlace(output);
      if (seen.stream().anyMatch(other -> same(output, other))) {
        throw new WorkflowException(
            "Two outputs are both called '%s'; give them different names.".formatted(output));
      }
      if (inputs.stream().anyMatch(input -> same(output, input))) {
        throw new WorkflowException(
            "The output '%s' is also an input; name another file, so that the original stays."
                .formatted(output));
      }
      seen.add(output);
    }
  }

  private static void requirePlace(Path output) {
    if (Files.isDirectory(output)) {
      throw new WorkflowException(
          "The output '%s' is a folder; name a file in it.".formatted(output));
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new WorkflowException(
          "The output '%s' cannot be written because there is no folder '%s'; make it first."
              .formatted(output, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new WorkflowException(
          "The output '%s' cannot be written because its folder is read-only; name another."
              .formatted(output));
    }
  }

  /**
   * Makes a folder where there is none.
   *
   * @param folder that files are to go into
   * @throws WorkflowException if it cannot be made
   */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new WorkflowException("'%s' is a file; name a folder.".formatted(folder), e);
    } catch (IOException e) {
      throw new WorkflowException(
          "The folder '%s' cannot be made, because a part of its path is a file or cannot be written to; name another."
              .formatted(folder),
          e);
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return (Files.exists(one) && Files.exists(other))
          ? Files.isSameFile(one, other)
          : real(one).equals(real(other));
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a file will be whose folder exists, links followed. */
  private static Path real(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
  }
}
