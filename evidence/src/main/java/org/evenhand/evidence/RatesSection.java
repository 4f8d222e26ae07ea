package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetric.Compared;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Numbers.Unit;

/** The usual group metrics of every value of an attribute. */
final class RatesSection {
  private RatesSection() {}

  static Html of(List<Comparison> comparisons) {
    List<Html> attributes =
        comparisons.stream()
            .filter(comparison -> !known(comparison, List.of(ValueMetric.values())).isEmpty())
            .map(RatesSection::attribute)
            .toList();
    return Html.when(
        !attributes.isEmpty(),
        """
        <section id="rates">
        <h2>Group metrics</h2>
        {}
        </section>""",
        attributes);
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
            Html.when(
                !favourable.isEmpty(),
                "<p>Rates are about the favourable class <b>{}</b>{}.</p>",
                favourable,
                comparison.audit().favourableAssumed()
                    ? ", the last of two, because none was named"
                    : "")),
        part(
            comparison,
            ValueMetric.of(Basis.DECISIONS, Compared.WITH_REFERENCE),
            Html.of(
                """
                <p>Compared with {}: differences in percentage points; the impact ratio is a selection rate \
                over that of {}, and <span class="flag">⚑</span> marks one below four fifths: a flag, not a \
                verdict.</p>
                {}{}""",
                reference,
                reference,
                fourFifths("", comparison.before().fourFifths()),
                comparison
                    .after()
                    .map(after -> fourFifths("After the repair: ", after.fourFifths()))
                    .orElse(Html.NONE))),
        part(
            comparison,
            Stream.of(Compared.values())
                .flatMap(compared -> ValueMetric.of(Basis.SCORES, compared).stream())
                .toList(),
            Html.of(
                """
                <p>{}Scores are probabilities of the favourable class; their calibration error and the difference \
                of their means from {} are in percentage points.</p>""",
                comparison.audit().scope().scores().map(RatesSection::meaning).orElse(Html.NONE),
                reference)));
  }

  private static Html fourFifths(String when, FourFifths check) {
    if (check.ratio() instanceof Estimate.Known ratio && check.state().isPresent()) {
      return Html.of(
          "<p>{}The lowest selection rate over the highest ({} over {}) is <b>{}</b>, {}: {}.</p>",
          when,
          check.lowest().orElse(""),
          check.highest().orElse(""),
          Unit.RATIO.show(ratio.value()),
          Unit.RATIO.interval(ratio),
          switch (check.state().get()) {
            case BELOW -> "below four fifths";
            case AT_LEAST -> "at least four fifths";
            case OPEN -> "open whether it is below four fifths";
          });
    }
    return Html.NONE;
  }

  private static Html meaning(ScoreMeaning scores) {
    return Html.of(
        "Column {} was read as {} of class <b>{}</b>. ",
        scores.column(),
        scores.scale(),
        scores.about());
  }

  private static Html part(Comparison comparison, List<ValueMetric> metrics, Html introduction) {
    List<ValueMetric> known = known(comparison, metrics);
    return Html.when(!known.isEmpty(), "{}{}", introduction, table(comparison, known));
  }

  private static Html table(Comparison comparison, List<ValueMetric> metrics) {
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
    return Html.of(
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">{}</th>{}<th scope="col">n</th>{}</tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        comparison.attribute(),
        Html.when(paired, "<th></th>"),
        metrics.stream().map(Cells::head).toList(),
        rows);
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
          <td><span class="flag" title="below four fifths: a flag, not a verdict">⚑</span> \
          {}<small>{}</small></td>""",
          Unit.of(metric).show(known.value()),
          Unit.of(metric).interval(known));
    }
    return Cells.EMPTY;
  }
}
