package org.evenhand.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.Provenance;

/**
 * A page that stands alone and is well-formed as XML too.
 *
 * @param what it is about, such as {@code Bias audit}; the model's name follows
 * @param model that was measured; empty when recorded answers were
 * @param measured which rows the figures are about
 * @param provenance says when and by which version
 * @param presentation its title and who answers for it
 */
record Page(
    String what,
    Optional<Provenance.Artefact> model,
    String measured,
    Provenance provenance,
    Presentation presentation) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /**
   * The page's markup.
   *
   * @param sections in their order; empty ones are left out
   */
  String markup(List<Section> sections) {
    List<Section> shown = sections.stream().filter(section -> !section.isEmpty()).toList();
    String title = presentation.title().orElseGet(this::usualTitle);
    return Html.of(
            """
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{}</title>
            <style>{}</style>
            </head>
            <body>
            <header>
            <p class="brand">Evenhand</p>
            <h1>{}</h1>
            <p class="meta">{}</p>
            </header>
            {}
            <main>
            {}
            </main>
            </body>
            </html>
            """,
            title,
            new Html(styleSheet()),
            title,
            about(),
            contents(shown),
            shown.stream().map(Section::html).toList())
        .markup();
  }

  private String usualTitle() {
    return what + " of " + model.map(Page::fileName).orElse("recorded answers");
  }

  /** What the page is about, unless its title says so, by whom, of which day and rows. */
  private List<Html> about() {
    List<String> parts = new ArrayList<>();
    presentation.title().ifPresent(title -> parts.add(usualTitle()));
    presentation.preparedBy().ifPresent(who -> parts.add("Prepared by " + who));
    parts.add(DAY.format(provenance.time()));
    parts.add(measured);
    return parts.stream().map(part -> Html.of("<span>{}</span>", part)).toList();
  }

  private static Html contents(List<Section> sections) {
    return Html.of(
        """
        <nav aria-label="Contents"><details>
        <summary>Contents</summary>
        <ol>
        {}
        </ol>
        </details></nav>""",
        sections.stream()
            .map(
                section ->
                    Html.of("<li><a href=\"#{}\">{}</a></li>", section.id(), section.title()))
            .toList());
  }

  static String fileName(Provenance.Artefact artefact) {
    return artefact.path().replaceFirst(".*[/\\\\](?=.)", "");
  }

  private static String styleSheet() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
