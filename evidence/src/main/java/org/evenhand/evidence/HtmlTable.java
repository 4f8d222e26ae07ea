package org.evenhand.evidence;

import java.util.List;

/** Tables that say what they show, and that scroll by themselves where the page is too narrow. */
final class HtmlTable {
  /** With more columns a table does not fit a phone, and says that it can be moved. */
  private static final int NARROW = 4;

  private HtmlTable() {}

  /**
   * A table of rows.
   *
   * @param caption what its numbers are; distinct within the page
   * @param heads of its columns
   * @param rows each with as many cells
   */
  static Html of(String caption, List<Html> heads, List<Html> rows) {
    return of(caption, "", heads, rows);
  }

  /**
   * A table of rows that needs some words.
   *
   * @param caption what its numbers are; distinct within the page
   * @param explanation how they came about; empty if there is nothing to say
   * @param heads of its columns
   * @param rows each with as many cells
   */
  static Html of(String caption, String explanation, List<Html> heads, List<Html> rows) {
    return table(caption, explanation, heads, List.of(Html.of("<tbody>\n{}\n</tbody>", rows)));
  }

  /**
   * A table in parts.
   *
   * @param caption what its numbers are; distinct within the page
   * @param heads of its columns
   * @param bodies with their rows
   */
  static Html ofBodies(String caption, List<Html> heads, List<Html> bodies) {
    return table(caption, "", heads, bodies);
  }

  private static Html table(
      String caption, String explanation, List<Html> heads, List<Html> bodies) {
    return Html.of(
        """
        <div class="scroll{}" role="group" tabindex="0" aria-label="{}"><table>
        <caption>{}{}</caption>
        <thead><tr>{}</tr></thead>
        {}
        </table></div>""",
        heads.size() > NARROW ? " many" : "",
        caption,
        caption,
        Html.when(!explanation.isEmpty(), ". <small>{}</small>", explanation),
        heads,
        bodies);
  }

  /** The head of a column of numbers. */
  static Html head(String text) {
    return Html.of("<th scope=\"col\">{}</th>", text);
  }

  /** The head of a column of texts. */
  static Html textHead(String text) {
    return Html.of("<th scope=\"col\" class=\"text\">{}</th>", text);
  }
}
