package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ValueMetrics;

/** The usual group metrics of every value of an attribute. */
final class RatesSection {
  private RatesSection() {}

  static Html of(List<Comparison> comparisons) {
    List<Html> attributes =
        comparisons.stream()
            .filter(comparison -> !known(comparison, Metric.ALL).isEmpty())
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
  private static List<Metric> known(Comparison comparison, List<Metric> metrics) {
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
    List<Metric> rates = known(comparison, Metric.RATES);
    List<Metric> differences = known(comparison, Metric.DIFFERENCES);
    return Html.of(
        "<h3>{}</h3>{}{}",
        comparison.attribute(),
        Html.when(
            !rates.isEmpty(),
            """
            <p>Rates are about the favourable class <b>{}</b>. The impact ratio is a selection rate over \
            that of {}; <span class="flag">⚑</span> marks one below four fifths: a flag, not a verdict.</p>
            {}""",
            comparison.audit().favourable(),
            comparison.before().reference(),
            table(comparison, rates)),
        Html.when(
            !differences.isEmpty(),
            """
            <p>Differences are from {}, in percentage points; the calibration error is in points too.</p>
            {}""",
            comparison.before().reference(),
            table(comparison, differences)));
  }

  private static Html table(Comparison comparison, List<Metric> metrics) {
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
        metrics.stream()
            .map(metric -> Html.of("<th scope=\"col\">{}</th>", metric.title()))
            .toList(),
        rows);
  }

  private static List<Html> cells(ValueMetrics values, List<Metric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                metric.equals(Metric.IMPACT_RATIO) && values.belowFourFifths()
                    ? flagged(values, metric)
                    : Cells.estimate(metric.of(values), metric.unit()))
        .toList();
  }

  private static Html flagged(ValueMetrics values, Metric metric) {
    if (metric.of(values) instanceof Estimate.Known known) {
      return Html.of(
          """
          <td><span class="flag" title="below four fifths: a flag, not a verdict">⚑</span> \
          {}<small>{}</small></td>""",
          metric.unit().show(known.value()),
          metric.unit().interval(known));
    }
    return Cells.EMPTY;
  }
}
