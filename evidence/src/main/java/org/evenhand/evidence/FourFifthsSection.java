package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.FourFifths;
import org.evenhand.evidence.Numbers.Unit;

/** The check of selection rates that regulators know, which is a flag and no verdict. */
final class FourFifthsSection {
  private FourFifthsSection() {}

  static Section of(List<Comparison> comparisons) {
    List<Html> rows = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      row(comparison, comparison.before().fourFifths(), comparison.labels().before())
          .ifPresent(rows::add);
      comparison
          .after()
          .flatMap(after -> row(comparison, after.fourFifths(), comparison.labels().after()))
          .ifPresent(rows::add);
    }
    if (rows.isEmpty()) {
      return new Section("four-fifths", "Four-fifths check", Html.NONE);
    }
    AuditResult audit = comparisons.get(0).audit();
    return Section.of(
        "four-fifths",
        "Four-fifths check",
        List.of(
            Html.of(
                """
                <p>Who gets <b>{}</b>, the favourable outcome{}, and how often? The check divides the lowest \
                selection rate, the share of a group that gets it, by the highest. Below 0.80 many \
                regulators look closer. It is a flag, not a verdict: it does not ask who deserves the outcome.</p>""",
                comparisons.get(0).classNamed(audit.favourable()),
                audit.favourableAssumed()
                    ? " (assumed to be the last of two classes, because none was named)"
                    : ""),
            HtmlTable.of(
                "Lowest selection rate over the highest, with %s intervals"
                    .formatted(Confidence.of(audit.settings())),
                List.of(
                    HtmlTable.head("Attribute"),
                    HtmlTable.textHead("Lowest rate"),
                    HtmlTable.textHead("Highest rate"),
                    HtmlTable.head("Ratio"),
                    HtmlTable.textHead("What it says")),
                rows)));
  }

  private static Optional<Html> row(Comparison comparison, FourFifths check, String series) {
    return check
        .state()
        .map(
            state ->
                Html.of(
                    "<tr><th scope=\"row\">{}{}</th><td class=\"text\">{}</td><td class=\"text\">{}</td>{}<td class=\"text\">{}</td></tr>",
                    comparison.attribute(),
                    comparison.after().isPresent() ? ", " + series : "",
                    check.lowest().orElse(""),
                    check.highest().orElse(""),
                    Cells.estimate(check.ratio(), Unit.RATIO),
                    words(state)));
  }

  private static Html words(FourFifths.State state) {
    return switch (state) {
      case BELOW -> Html.of("<span class=\"flag\">⚑</span> below four fifths");
      case AT_LEAST -> Html.of("at least four fifths");
      case OPEN -> Html.of("may be on either side of four fifths");
    };
  }
}
