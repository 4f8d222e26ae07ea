package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.evidence.ExplanationRecord.Ranking;
import org.evenhand.evidence.ExplanationRecord.Row;

/** Single training rows in the page of an explanation, where they may be shown. */
final class ExplainedRows {
  private ExplainedRows() {}

  static List<Section> of(ExplanationRecord explanation) {
    return explanation.showsRows()
        ? List.of(
            ranking(
                "harmful",
                "Most harmful rows",
                "Without such a row, the bias would be lower by about its influence, in points.",
                explanation,
                explanation.harmful()),
            ranking(
                "helpful",
                "Most helpful rows",
                "Without such a row, the bias would be higher. A wrong label looks as if it spoke"
                    + " against the bias: check the labels here first.",
                explanation,
                explanation.helpful()))
        : List.of();
  }

  private static Section ranking(
      String id, String title, String meaning, ExplanationRecord explanation, Ranking ranking) {
    List<Row> rows = ranking.rows();
    return Section.of(
        id,
        title,
        List.of(
            Html.of(
                "<p class=\"banner personal\"><strong>{}</strong></p>\n<p>{}</p>",
                ExplanationRecord.PERSONAL,
                meaning),
            !rows.isEmpty() && rows.stream().allMatch(row -> row.picture().isPresent())
                ? pictures(explanation, rows)
                : table(title, explanation, rows)));
  }

  private static Html pictures(ExplanationRecord explanation, List<Row> rows) {
    List<Html> figures = new ArrayList<>();
    for (Row row : rows) {
      figures.add(
          Html.of(
              """
              <figure><img src="data:image/png;base64,{}" alt="Training row {}"/>\
              <figcaption><b>{}</b><br/>{}<small>row {}{}</small></figcaption></figure>""",
              Base64.getEncoder().encodeToString(row.picture().orElseThrow()),
              row.number(),
              influence(row),
              explanation.groupNamed(row.target(), row.attributeValue()),
              row.number(),
              explanation.furtherColumns(row).isEmpty() ? "" : ", " + columns(explanation, row)));
    }
    return Html.of("<div class=\"pictures\">\n{}\n</div>", figures);
  }

  private static Html table(String title, ExplanationRecord explanation, List<Row> rows) {
    return HtmlTable.of(
        title + ", the first of them first",
        List.of(
            HtmlTable.head("Row"),
            HtmlTable.head("Influence, points"),
            HtmlTable.textHead("Group"),
            HtmlTable.textHead("Further columns")),
        rows.stream()
            .map(
                row ->
                    Html.of(
                        """
                        <tr><th scope="row">{}</th><td>{}</td><td class="text">{}</td>\
                        <td class="text">{}</td></tr>""",
                        row.number(),
                        influence(row),
                        explanation.groupNamed(row.target(), row.attributeValue()),
                        columns(explanation, row)))
            .toList());
  }

  private static String influence(Row row) {
    return (row.influence() > 0 ? "+" : "") + Numbers.significant(100 * row.influence());
  }

  private static String columns(ExplanationRecord explanation, Row row) {
    return explanation.furtherColumns(row).entrySet().stream()
        .map(column -> column.getKey() + " = " + column.getValue())
        .collect(Collectors.joining(", "));
  }
}
