package org.evenhand.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Text as a terminal may show it: names in files and what servers say could otherwise move its
 * cursor, colour or hide what else is printed, or turn its direction.
 */
public final class Printable {
  private Printable() {}

  /**
   * A text in which characters that steer a terminal are written out, as in {@code \u001b}, which
   * JSON reads as the same text.
   *
   * @param text from anywhere
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      append(shown, text.charAt(i));
    }
    return shown.toString();
  }

  /**
   * A writer that lets only printable text through.
   *
   * @param out where it goes
   */
  public static Writer writer(Writer out) {
    return new FilterWriter(out) {
      @Override
      public void write(int c) throws IOException {
        super.out.write(of(String.valueOf((char) c)));
      }

      @Override
      public void write(char[] buffer, int offset, int length) throws IOException {
        super.out.write(of(new String(buffer, offset, length)));
      }

      @Override
      public void write(String text, int offset, int length) throws IOException {
        super.out.write(of(text.substring(offset, offset + length)));
      }
    };
  }

  private static void append(StringBuilder shown, char c) {
    if (steers(c)) {
      shown.append(String.format("\\u%04x", (int) c));
    } else {
      shown.append(c);
    }
  }

  private static boolean steers(char c) {
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean layout = c == '\n' || c == '\t' || c == '\r';
    return direction || (Character.isISOControl(c) && !layout);
  }
}
