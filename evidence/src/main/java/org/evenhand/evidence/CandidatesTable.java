package org.evenhand.evidence;

import java.util.List;

/** What a repair was chosen from, the chosen one in bold. */
final class CandidatesTable {
  private CandidatesTable() {}

  /**
   * One line.
   *
   * @param name in words
   * @param code its short code, or empty
   * @param chosen whether it is the one
   * @param figures as text
   * @param note the last column
   */
  record Row(String name, String code, boolean chosen, List<String> figures, String note) {}

  /**
   * The table, or nothing without rows.
   *
   * @param title of the table
   * @param explanation what the figures were measured on
   * @param columns the first names the candidates, the last the notes, the others the figures
   * @param rows one a candidate
   */
  static Html of(String title, String explanation, List<String> columns, List<Row> rows) {
    int last = columns.size() - 1;
    return Html.when(
        !rows.isEmpty(),
        """
        <h3>{}</h3>
        <p>{} The one in bold was chosen.</p>
        <div class="scroll"><table>
        <thead><tr>{}<th scope="col" class="text">{}</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        title,
        explanation,
        columns.subList(0, last).stream()
            .map(column -> Html.of("<th scope=\"col\">{}</th>", column))
            .toList(),
        columns.get(last),
        rows.stream().map(CandidatesTable::row).toList());
  }

  private static Html row(Row row) {
    return Html.of(
        "<tr><th scope=\"row\"{}>{}{}</th>{}<td class=\"text\">{}</td></tr>",
        Html.when(!row.chosen(), " class=\"plain\""),
        row.name(),
        Html.when(!row.code().isEmpty(), " <small>{}</small>", row.code()),
        row.figures().stream().map(figure -> Html.of("<td>{}</td>", figure)).toList(),
        row.note());
  }
}
