package org.evenhand.evidence;

import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.evidence.Numbers.Unit;

/** Cells of tables. */
final class Cells {
  /** A cell with nothing to say. */
  static final Html EMPTY = Html.of("<td>–</td>");

  private Cells() {}

  /** A metric's number over its interval, or a dash. */
  static Html estimate(Estimate estimate, Metric metric) {
    return estimate(estimate, Unit.of(metric));
  }

  /** The head of a metric's column, with the unit of its numbers if they do not show it. */
  static Html head(Metric metric) {
    return HtmlTable.head(
        metric.heading() + (metric.unit() == Metric.Unit.POINTS ? ", points" : ""));
  }

  /** A number over its interval, or a dash whose reason stands under "What could not be judged". */
  static Html estimate(Estimate estimate, Unit unit) {
    if (estimate instanceof Estimate.Known known) {
      return Html.of(
          "<td>{}<small>{}</small></td>", unit.show(known.value()), unit.interval(known));
    }
    return EMPTY;
  }
}
