package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetric.Compared;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Numbers.Unit;

/** The usual group metrics of every value of an attribute. */
final class RatesSection {
  private RatesSection() {}

  static Section of(List<Comparison> comparisons) {
    List<Html> attributes =
        comparisons.stream()
            .filter(comparison -> !known(comparison, List.of(ValueMetric.values())).isEmpty())
            .map(RatesSection::attribute)
            .toList();
    return Section.of("rates", "Rates of every value", attributes);
  }

  /** Those that are known of some value; the others stand under "What could not be judged". */
  private static List<ValueMetric> known(Comparison comparison, List<ValueMetric> metrics) {
    return metrics.stream()
        .filter(
            metric ->
                Stream.of(Optional.of(comparison.before()), comparison.after())
                    .flatMap(Optional::stream)
                    .flatMap(attribute -> attribute.values().stream())
                    .anyMatch(values -> metric.of(values) instanceof Estimate.Known))
        .toList();
  }

  private static Html attribute(Comparison comparison) {
    String favourable = comparison.audit().favourable();
    String reference = comparison.before().reference();
    return Html.of(
        "<h3>{}</h3>{}{}{}",
        comparison.attribute(),
        part(
            comparison,
            ValueMetric.of(Basis.DECISIONS, Compared.ALONE),
            "Rates by " + comparison.attribute(),
            Html.when(
                !favourable.isEmpty(),
                "<p>Rates are about the favourable outcome, <b>{}</b>{}.</p>",
                comparison.classNamed(favourable),
                comparison.audit().favourableAssumed()
                    ? ", the last of two classes, because none was named"
                    : "")),
        part(
            comparison,
            ValueMetric.of(Basis.DECISIONS, Compared.WITH_REFERENCE),
            "Rates by %s compared with %s".formatted(comparison.attribute(), reference),
            Html.of(
                """
                <p>Every value is compared with <b>{}</b>; differences are in percentage points. \
                <span class="flag">⚑</span> marks an impact ratio below four fifths: a flag, not a verdict.</p>""",
                reference)),
        part(
            comparison,
            Stream.of(Compared.values())
                .flatMap(compared -> ValueMetric.of(Basis.SCORES, compared).stream())
                .toList(),
            "Scores by " + comparison.attribute(),
            Html.of(
                """
                <p>{}Scores are probabilities of the favourable outcome; their calibration error and the difference \
                of their means from {} are in percentage points.</p>""",
                comparison.audit().scope().scores().map(RatesSection::meaning).orElse(Html.NONE),
                reference)));
  }

  private static Html meaning(ScoreMeaning scores) {
    return Html.of(
        "Column {} was read as {} of class <b>{}</b>. ",
        scores.column(),
        scores.scale(),
        scores.about());
  }

  private static Html part(
      Comparison comparison, List<ValueMetric> metrics, String caption, Html introduction) {
    List<ValueMetric> known = known(comparison, metrics);
    return Html.when(
        !known.isEmpty(),
        "{}{}{}",
        introduction,
        table(comparison, known, caption),
        Terms.of(known));
  }

  private static Html table(
      Comparison comparison, List<ValueMetric> metrics, String caption) {
    boolean paired = comparison.after().isPresent();
    List<Html> rows = new ArrayList<>();
    for (ValueMetrics before : comparison.before().values()) {
      rows.add(
          Html.of(
              "<tr{}><th scope=\"row\"{}>{}</th>{}<td>{}</td>{}</tr>",
              Html.when(paired, " class=\"paired\""),
              Html.when(paired, " rowspan=\"2\""),
              before.value(),
              Html.when(paired, "<td class=\"text\">{}</td>", comparison.labels().before()),
              Numbers.count(before.n()),
              cells(before, metrics)));
      if (paired) {
        rows.add(
            comparison
                .after(before)
                .map(
                    after ->
                        Html.of(
                            "<tr><td class=\"text after\">{}</td><td>{}</td>{}</tr>",
                            comparison.labels().after(),
                            Numbers.count(after.n()),
                            cells(after, metrics)))
                .orElse(
                    Html.of(
                        "<tr><td class=\"text\" colspan=\"{}\">not measured</td></tr>",
                        metrics.size() + 2)));
      }
    }
    List<Html> heads = new ArrayList<>();
    heads.add(HtmlTable.head(Numbers.capitalized(comparison.attribute())));
    if (paired) {
      heads.add(HtmlTable.textHead("When"));
    }
    heads.add(HtmlTable.head("Cases"));
    metrics.stream().map(Cells::head).forEach(heads::add);
    return HtmlTable.of(caption, heads, rows);
  }

  private static List<Html> cells(ValueMetrics values, List<ValueMetric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                metric == ValueMetric.IMPACT_RATIO && values.belowFourFifths()
                    ? flagged(values, metric)
                    : Cells.estimate(metric.of(values), metric))
        .toList();
  }

  private static Html flagged(ValueMetrics values, ValueMetric metric) {
    if (metric.of(values) instanceof Estimate.Known known) {
      return Html.of(
          """
          <td><span class="flag">⚑</span> \
          {}<small>{}</small></td>""",
          Unit.of(metric).show(known.value()),
          Unit.of(metric).interval(known));
    }
    return Cells.EMPTY;
  }
}
