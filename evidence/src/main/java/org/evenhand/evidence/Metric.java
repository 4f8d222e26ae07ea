package org.evenhand.evidence;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Numbers.Unit;

/** A metric of one value of an attribute, as the report names and shows it. */
record Metric(String title, Unit unit, Function<ValueMetrics, Estimate> estimate) {
  static final Metric IMPACT_RATIO =
      new Metric("Impact ratio", Unit.RATIO, ValueMetrics::impactRatio);

  /** What happens to the cases of one value. */
  static final List<Metric> RATES =
      List.of(
          new Metric("Selection rate", Unit.PERCENT, ValueMetrics::selectionRate),
          IMPACT_RATIO,
          new Metric("True positive rate", Unit.PERCENT, ValueMetrics::truePositiveRate),
          new Metric("False positive rate", Unit.PERCENT, ValueMetrics::falsePositiveRate),
          new Metric(
              "Positive predictive value", Unit.PERCENT, ValueMetrics::positivePredictiveValue));

  /** How that differs from the reference, and how good the scores are. */
  static final List<Metric> DIFFERENCES =
      List.of(
          new Metric("Statistical parity", Unit.POINTS, ValueMetrics::statisticalParityDifference),
          new Metric("Equal opportunity", Unit.POINTS, ValueMetrics::equalOpportunityDifference),
          new Metric("Average odds", Unit.POINTS, ValueMetrics::averageOddsDifference),
          new Metric("Predictive parity", Unit.POINTS, ValueMetrics::predictiveParityDifference),
          new Metric("Calibration error", Unit.POINTS, ValueMetrics::calibrationError),
          new Metric("AUC", Unit.RATIO, ValueMetrics::auc));

  /** All of them. */
  static final List<Metric> ALL = Stream.of(RATES, DIFFERENCES).flatMap(List::stream).toList();

  Estimate of(ValueMetrics metrics) {
    return estimate.apply(metrics);
  }
}
