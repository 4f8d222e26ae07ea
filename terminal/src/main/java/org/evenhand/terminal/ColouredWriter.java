package org.evenhand.terminal;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows words of ours in colour on a terminal, line by line. It stands behind {@link Printable}, so
 * that no text of others can steer the terminal, and leaves JSON as it is.
 */
final class ColouredWriter extends Writer {
  private final Writer out;
  private final Map<Pattern, Colour> colours;
  private final StringBuilder line = new StringBuilder();
  private boolean begun;
  private boolean json;

  /**
   * A writer that colours.
   *
   * @param out a terminal
   * @param colours of what matches
   */
  ColouredWriter(Writer out, Map<Pattern, Colour> colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      line.append(buffer[i]);
      if (buffer[i] == '\n') {
        writeLine();
      }
    }
  }

  private void writeLine() throws IOException {
    if (!begun && !line.toString().isBlank()) {
      begun = true;
      json = line.charAt(0) == '{';
    }
    String text = line.toString();
    if (!json) {
      for (Map.Entry<Pattern, Colour> colour : colours.entrySet()) {
        text =
            colour
                .getKey()
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(colour.getValue().of(found.group())));
      }
    }
    out.write(text);
    line.setLength(0);
  }

  @Override
  public void flush() throws IOException {
    writeLine();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
