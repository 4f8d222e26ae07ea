package org.evenhand.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.Provenance;

/** A page that stands alone and is well-formed as XML too. */
final class Page {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Page() {}

  /**
   * The page's markup.
   *
   * @param what it is about, such as {@code Bias audit}; the model's name follows
   * @param model that was measured; empty when recorded answers were
   * @param measured which rows the figures are about
   * @param provenance says when and by which version
   * @param sections in their order
   */
  static String of(
      String what,
      Optional<Provenance.Artefact> model,
      String measured,
      Provenance provenance,
      List<Html> sections) {
    String title = what + " of " + model.map(Page::fileName).orElse("recorded answers");
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
            <main>
            <header>
            <p class="brand">Evenhand</p>
            <h1>{}</h1>
            <p class="meta">{}<span>{}</span><span>version {}</span></p>
            </header>
            {}
            </main>
            </body>
            </html>
            """,
            title,
            new Html(styleSheet()),
            title,
            measured,
            TIME.format(provenance.time()),
            provenance.version(),
            sections)
        .markup();
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
