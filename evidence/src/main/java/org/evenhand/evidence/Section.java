package org.evenhand.evidence;

import java.util.List;

/**
 * A part of a page, which its list of contents leads to.
 *
 * @param id of its element, distinct within the page
 * @param title its heading
 * @param body what stands under it; a section without any is left out
 * @param folded whether only its title is shown until a reader opens it; in print it is open
 */
record Section(String id, String title, Html body, boolean folded) {
  /** A section that is always open. */
  Section(String id, String title, Html body) {
    this(id, title, body, false);
  }

  /** The section of several pieces. */
  static Section of(String id, String title, List<Html> pieces) {
    return new Section(id, title, Html.of("{}", pieces));
  }

  boolean isEmpty() {
    return body.markup().isBlank();
  }

  Html html() {
    return folded
        ? Html.of(
            """
            <section id="{}">
            <details><summary><h2>{}</h2></summary>
            {}
            </details>
            </section>""",
            id,
            title,
            body)
        : Html.of(
            """
            <section id="{}">
            <h2>{}</h2>
            {}
            </section>""",
            id,
            title,
            body);
  }
}
