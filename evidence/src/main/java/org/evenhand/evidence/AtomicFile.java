package org.evenhand.evidence;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear as a whole or not at all. */
final class AtomicFile {
  private AtomicFile() {}

  /**
   * Replaces a file.
   *
   * @throws EvidenceException if that is impossible; the old file is then as it was
   */
  static void write(Path file, byte[] content) {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + ".partial");
    try {
      if (Files.isDirectory(target)) {
        throw new FileSystemException(file.toString(), null, "it is a directory");
      }
      try {
        Files.write(temporary, content);
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new EvidenceException(
          "File '%s' cannot be written: %s; choose another place or make this one writable."
              .formatted(file, reason(e)),
          e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its directory does not exist";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? "access is denied" : reason;
  }
}
