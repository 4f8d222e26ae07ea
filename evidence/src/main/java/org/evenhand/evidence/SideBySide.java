package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;

/** Audits of the same rows beside each other, one part of the table per attribute. */
final class SideBySide {
  private SideBySide() {}

  /**
   * One audit.
   *
   * @param name of what was audited
   * @param chosen whether to show it in bold
   * @param audit its figures
   */
  record Series(String name, boolean chosen, AuditResult audit) {}

  /** The table; the first audit names the attributes. */
  static Html of(String title, String explanation, List<Series> series) {
    List<AttributeAudit> attributes = series.get(0).audit().attributes();
    boolean pairs = attributes.stream().anyMatch(a -> a.counterfactualBias().isPresent());
    return Html.of(
        """
        <h3>{}</h3>
        <p>{} Overall accuracy weighs every case alike; worst and average of groups weigh every group \
        alike.</p>
        {}""",
        title,
        explanation,
        HtmlTable.ofBodies(
            "Figures of every version, with intervals",
            Stream.of(
                    Stream.of(HtmlTable.head("Version")),
                    Stream.of(PairsMetric.COUNTERFACTUAL_BIAS)
                        .filter(metric -> pairs)
                        .map(Cells::head),
                    AttributeMetric.forPeople().stream().map(Cells::head),
                    Stream.of(Cells.head(OverallMetric.OVERALL_ACCURACY)))
                .flatMap(heads -> heads)
                .toList(),
            attributes.stream()
                .map(attribute -> body(attribute.attribute(), pairs, series))
                .toList()));
  }

  private static Html body(String attribute, boolean pairs, List<Series> series) {
    List<Html> rows = new ArrayList<>();
    for (Series one : series) {
      one.audit().attributes().stream()
          .filter(audit -> audit.attribute().equals(attribute))
          .forEach(audit -> rows.add(row(one, audit, pairs)));
    }
    return Html.of(
        """
        <tbody><tr class="group"><th colspan="{}" scope="rowgroup">{}</th></tr>
        {}
        </tbody>""",
        AttributeMetric.forPeople().size() + (pairs ? 3 : 2),
        attribute,
        rows);
  }

  private static Html row(Series series, AttributeAudit audit, boolean pairs) {
    return Html.of(
        "<tr><th scope=\"row\"{}>{}</th>{}{}{}</tr>",
        Html.when(!series.chosen(), " class=\"plain\""),
        series.name(),
        Html.when(
            pairs,
            "{}",
            audit
                .counterfactualBias()
                .map(CounterfactualBias::bias)
                .map(bias -> Cells.estimate(bias, PairsMetric.COUNTERFACTUAL_BIAS))
                .orElse(Cells.EMPTY)),
        AttributeMetric.forPeople().stream()
            .map(metric -> Cells.estimate(metric.of(audit), metric))
            .toList(),
        Cells.estimate(
            OverallMetric.OVERALL_ACCURACY.of(series.audit()), OverallMetric.OVERALL_ACCURACY));
  }
}
