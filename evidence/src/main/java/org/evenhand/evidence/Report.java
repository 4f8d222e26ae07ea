package org.evenhand.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.evenhand.core.Provenance;

/** The report: one page, verdict first, that stands alone and is well-formed as XML too. */
final class Report {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Report() {}

  static String of(Evidence evidence) {
    List<Comparison> comparisons = Comparison.of(evidence);
    String title = title(evidence);
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
            {}
            {}
            {}
            {}
            {}
            {}
            {}
            {}
            </main>
            </body>
            </html>
            """,
            title,
            new Html(styleSheet()),
            header(evidence, title),
            VerdictSection.of(evidence, comparisons),
            GroupsSection.of(comparisons),
            RatesSection.of(comparisons),
            CounterfactualSection.of(comparisons),
            changeSection(evidence),
            LimitsSection.of(evidence, comparisons),
            ReproduceSection.of(evidence))
        .markup();
  }

  private static String title(Evidence evidence) {
    String what = ModelChange.of(evidence).isPresent() ? "Bias repair" : "Bias audit";
    return what + " of " + evidence.model().map(Report::fileName).orElse("recorded answers");
  }

  private static String fileName(Provenance.Artefact artefact) {
    return artefact.path().replaceFirst(".*[/\\\\](?=.)", "");
  }

  private static Html header(Evidence evidence, String title) {
    return Html.of(
        """
        <header>
        <p class="brand">Evenhand</p>
        <h1>{}</h1>
        <p class="meta">Measured on {} rows{}<span>{}</span><span>version {}</span></p>
        </header>""",
        title,
        Numbers.count(evidence.deployed().rows()),
        ModelChange.of(evidence)
            .map(change -> " of the " + change.measuredOn() + " split, not fitted on")
            .orElse(""),
        TIME.format(evidence.provenance().time()),
        evidence.provenance().version());
  }

  private static Html changeSection(Evidence evidence) {
    if (evidence instanceof Evidence.Repair repair) {
      return RepairSection.of(repair.repair());
    }
    if (evidence instanceof Evidence.Unlearning unlearning) {
      return UnlearningSection.of(unlearning.unlearning());
    }
    return Html.NONE;
  }

  private static String styleSheet() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
