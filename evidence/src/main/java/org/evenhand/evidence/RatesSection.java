package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetric.Compared;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Numbers.Unit;

/** The usual group metrics of every value of an attribute: a row for each, with its meaning. */
final class RatesSection {
  /** As many values as a printed page has room for, with one figure each and with two. */
  private static final int VALUES = 5;

  private static final int PAIRED_VALUES = 3;

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
        "<h3>By {}</h3>{}{}{}",
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
                <p>Every value is compared with <b>{}</b>, the reference.</p>""",
                reference)),
        part(
            comparison,
            Stream.of(Compared.values())
                .flatMap(compared -> ValueMetric.of(Basis.SCORES, compared).stream())
                .toList(),
            "Scores by " + comparison.attribute(),
            Html.of(
                "<p>{}Scores are probabilities of the favourable outcome; the reference is {}.</p>",
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
    List<ValueMetrics> values = comparison.before().values();
    List<Html> tables = new ArrayList<>();
    int most = comparison.after().isPresent() ? PAIRED_VALUES : VALUES;
    for (int from = 0; from < values.size(); from += most) {
      int to = Math.min(values.size(), from + most);
      tables.add(
          table(
              comparison,
              known,
              values.size() > most
                  ? "%s, values %d to %d".formatted(caption, from + 1, to)
                  : caption,
              values.subList(from, to)));
    }
    return Html.when(!known.isEmpty(), "{}{}", introduction, tables);
  }

  private static Html table(
      Comparison comparison, List<ValueMetric> metrics, String caption, List<ValueMetrics> values) {
    List<Html> heads = new ArrayList<>(List.of(HtmlTable.head("Rate")));
    values.forEach(
        value ->
            heads.add(
                Html.of(
                    "<th scope=\"col\">{}<small>{} cases</small></th>",
                    value.value(),
                    Numbers.count(value.n()))));
    return HtmlTable.of(
        caption,
        "With %s intervals%s."
            .formatted(
                Confidence.of(comparison.audit().settings()),
                comparison.after().isPresent() ? "; before the repair → after it" : ""),
        heads,
        metrics.stream().map(metric -> row(comparison, metric, values)).toList());
  }

  private static Html row(Comparison comparison, ValueMetric metric, List<ValueMetrics> values) {
    return Html.of(
        "<tr><th scope=\"row\" class=\"meaning\">{}<small>{}</small></th>{}</tr>",
        metric.heading() + (metric.unit() == Metric.Unit.POINTS ? ", points" : ""),
        metric.definition(),
        values.stream()
            .map(
                value ->
                    Html.of(
                        "<td>{}{}<small>{}{}</small></td>",
                        figure(metric, value),
                        comparison
                            .after(value)
                            .map(after -> Html.of(" → <b>{}</b>", figure(metric, after)))
                            .orElse(Html.NONE),
                        interval(metric, value),
                        comparison
                            .after(value)
                            .map(after -> " → " + interval(metric, after))
                            .orElse("")))
            .toList());
  }

  private static String figure(ValueMetric metric, ValueMetrics values) {
    return Unit.of(metric).show(metric.of(values));
  }

  private static String interval(ValueMetric metric, ValueMetrics values) {
    return metric.of(values) instanceof Estimate.Known known
        ? Unit.of(metric).interval(known)
        : "–";
  }
}
