package org.evenhand.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either written whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What is to be written. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the whole content.
     *
     * @param out buffered; closed by the caller
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under a temporary name beside the target and then moves it into place, so that a
   * failure leaves the target as it was and nothing beside it.
   *
   * <pre>{@code
   * AtomicFile.write(Path.of("report.html"), out -> out.write(html.getBytes(UTF_8)));
   * }</pre>
   *
   * @param target in an existing folder; an existing file is replaced
   * @param content writes the bytes; what it throws leaves the target as it was
   * @throws CoreException if the target is a folder or cannot be written
   */
  public static void write(Path target, Content content) {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || folder == null) {
      throw new CoreException(
          "'%s' is a folder; name a file to write in it, such as '%s'."
              .formatted(target, target.resolve("out")));
    }
    if (!Files.isDirectory(folder)) {
      throw new CoreException(
          "'%s' cannot be written because there is no folder '%s'; make it first."
              .formatted(target, folder));
    }
    Path temporary = TemporaryFiles.beside(target.toAbsolutePath());
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              ProcessEnd.waitsFor(
                  () -> Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)))) {
        content.writeTo(out);
      }
      ProcessEnd.waitsFor(() -> moveIntoPlace(temporary, target));
    } catch (IOException e) {
      throw new CoreException(
          "'%s' cannot be written (%s); nothing was changed.".formatted(target, reason(e)));
    } finally {
      TemporaryFiles.discard(temporary);
    }
  }

  private static Path moveIntoPlace(Path temporary, Path target) throws IOException {
    try {
      return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      return Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The message of a file system exception is often just the path, so the kind says more. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
