package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenhand.evidence.ExplanationRecord;

/** An explanation for a person at a terminal: how much bias, then which rows put it there. */
final class ExplainText {
  private static final int CELLS = 100;

  private final PrintWriter out;

  ExplainText(PrintWriter out) {
    this.out = out;
  }

  void print(ExplanationRecord explanation) {
    line(
        "%s of '%s': %.4f; %d training rows (%s)",
        explanation.biasFunction(),
        explanation.attribute(),
        explanation.bias(),
        explanation.rows(),
        explanation.rowsFrom());
    line(
        "bias-aligned: %.1f %% of all training rows, %.1f %% of the %d most harmful, %.1f %% of the %d most helpful",
        100 * explanation.alignedShare(),
        100 * explanation.harmful().alignedShare(),
        explanation.harmful().rows().size(),
        100 * explanation.helpful().alignedShare(),
        explanation.helpful().rows().size());
    if (!Double.isNaN(explanation.stability())) {
      line(
          "stability: %.0f %% of the most harmful rows are found again when the pairs are drawn anew",
          100 * explanation.stability());
    }
    line("");
    groups(explanation);
    if (explanation.showsRows()) {
      line("%s%n", ExplanationRecord.PERSONAL);
      print(
          explanation,
          "most harmful: without the row, the bias is lower by its influence",
          explanation.harmful());
      print(
          explanation, "most helpful: without the row, the bias is higher", explanation.helpful());
    }
    line("%s", ExplanationRecord.LABEL_NOISE);
  }

  private void groups(ExplanationRecord explanation) {
    line("%8s %17s %13s %13s  group", "rows", "points, 100 rows", "most harmful", "most helpful");
    for (ExplanationRecord.Group group : explanation.groups()) {
      line(
          "%,8d %+17.2f %13d %13d  %s%s",
          group.rows(),
          100 * 100 * group.influence(),
          group.harmful(),
          group.helpful(),
          explanation.groupNamed(group.target(), group.attributeValue()),
          group.aligned() ? " (bias-aligned)" : "");
    }
    line("");
  }

  private void print(
      ExplanationRecord explanation, String title, ExplanationRecord.Ranking ranking) {
    line("%s", title);
    for (ExplanationRecord.Row row : ranking.rows()) {
      line(
          "  row %-7d %+.2e  %s  %s",
          row.number(),
          row.influence(),
          explanation.groupNamed(row.target(), row.attributeValue()),
          shortened(
              explanation.furtherColumns(row).entrySet().stream()
                  .map(cell -> cell.getKey() + "=" + cell.getValue())
                  .collect(Collectors.joining(" "))));
    }
    line("");
  }

  private static String shortened(String text) {
    return text.length() <= CELLS ? text : text.substring(0, CELLS) + " …";
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
