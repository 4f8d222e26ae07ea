package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.evidence.Numbers.Unit;

/** Audits of the same rows beside each other, one body an attribute. */
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
        <div class="scroll"><table>
        <thead><tr><th></th>{}<th scope="col">Model Bias</th><th scope="col">Worst group</th>\
        <th scope="col">Average of groups</th><th scope="col">Overall (plain)</th></tr></thead>
        {}
        </table></div>""",
        title,
        explanation,
        Html.when(pairs, "<th scope=\"col\">Counterfactual bias</th>"),
        attributes.stream().map(attribute -> body(attribute.attribute(), pairs, series)).toList());
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
        pairs ? 6 : 5,
        attribute,
        rows);
  }

  private static Html row(Series series, AttributeAudit audit, boolean pairs) {
    return Html.of(
        "<tr><th scope=\"row\"{}>{}</th>{}{}{}{}{}</tr>",
        Html.when(!series.chosen(), " class=\"plain\""),
        series.name(),
        Html.when(
            pairs,
            "{}",
            audit
                .counterfactualBias()
                .map(CounterfactualBias::bias)
                .map(bias -> Cells.estimate(bias, Unit.FINE_POINTS))
                .orElse(Cells.EMPTY)),
        Cells.estimate(audit.modelBias().estimate(), Unit.POINTS),
        Cells.estimate(audit.worstGroupAccuracy(), Unit.PERCENT),
        Cells.estimate(audit.averageGroupAccuracy(), Unit.PERCENT),
        Cells.estimate(series.audit().overallAccuracy(), Unit.PERCENT));
  }
}
