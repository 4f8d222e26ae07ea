package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Text in GitHub's dialect of Markdown. Names of others are shown as they are, whatever they hold.
 */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** A text in which no character means anything but itself. */
  static String escaped(String plain) {
    return plain
        .replaceAll("\\s+", " ")
        .replaceAll("[\\\\`*_{}\\[\\]#|~!$@]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  Markdown heading(String title) {
    return paragraph("## " + escaped(title));
  }

  /** A paragraph of Markdown. */
  Markdown paragraph(String markdown) {
    text.append(markdown).append("\n\n");
    return this;
  }

  /** A list of items of Markdown; nothing if there are none. */
  Markdown list(List<String> items) {
    items.forEach(item -> text.append("- ").append(item).append('\n'));
    text.append(items.isEmpty() ? "" : "\n");
    return this;
  }

  /** A table of plain texts, of which the first column is a name and the others are numbers. */
  Markdown table(List<String> titles, List<List<String>> rows) {
    row(titles);
    List<String> rule = new ArrayList<>(Collections.nCopies(titles.size(), "---:"));
    rule.set(0, ":---");
    text.append("| ").append(String.join(" | ", rule)).append(" |\n");
    rows.forEach(this::row);
    text.append('\n');
    return this;
  }

  private void row(List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(Markdown::escaped).toList()))
        .append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
