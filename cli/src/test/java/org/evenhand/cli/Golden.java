package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text that is kept in a file, to be read in review whenever it changes. With {@code
 * -Devenhand.goldens=write} the files are written anew instead of compared.
 */
final class Golden {
  private static final boolean WRITE = "write".equals(System.getProperty("evenhand.goldens"));

  private Golden() {}

  /**
   * Fails unless the file holds this text.
   *
   * @param file relative to this module
   * @param text what it must be, line by line
   */
  static void assertHolds(Path file, String text) {
    try {
      if (WRITE) {
        Files.writeString(file, text);
      }
      assertThat(text.lines())
          .as("%s; mvn test -Devenhand.goldens=write writes it anew", file)
          .containsExactlyElementsOf(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
