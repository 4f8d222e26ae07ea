package org.evenhand.audit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.evenhand.audit.Estimate.Unknown;

/**
 * The metrics of one value of an attribute. Rates are about the favourable class; comparisons are
 * of this value with the reference value; unknown is what the data or the model cannot give.
 *
 * @param value the attribute's value
 * @param n rows, weighted
 * @param estimates one of every metric, in the order of the metrics
 */
public record ValueMetrics(String value, double n, Map<ValueMetric, Estimate> estimates) {

  private static final Unknown NO_PROBABILITIES = new Unknown("the scores are no probabilities");

  /**
   * Copies the estimates.
   *
   * @throws IllegalArgumentException if a metric has none
   */
  public ValueMetrics {
    Map<ValueMetric, Estimate> copy = new EnumMap<>(ValueMetric.class);
    copy.putAll(estimates);
    estimates = Collections.unmodifiableMap(copy);
    for (ValueMetric metric : ValueMetric.values()) {
      if (!estimates.containsKey(metric)) {
        throw new IllegalArgumentException("no " + metric.title() + " of '" + value + "'");
      }
    }
  }

  /**
   * The metrics of a value.
   *
   * @param value the attribute's value
   * @param n rows, weighted
   * @param estimate of every metric
   */
  public static ValueMetrics of(String value, double n, Function<ValueMetric, Estimate> estimate) {
    Map<ValueMetric, Estimate> estimates = new EnumMap<>(ValueMetric.class);
    for (ValueMetric metric : ValueMetric.values()) {
      estimates.put(metric, estimate.apply(metric));
    }
    return new ValueMetrics(value, n, estimates);
  }

  /**
   * A metric of this value.
   *
   * @param metric which
   */
  public Estimate of(ValueMetric metric) {
    return Objects.requireNonNull(estimates.get(metric));
  }

  ValueMetrics withoutProbabilities() {
    return of(value, n, metric -> metric.needsProbabilities() ? NO_PROBABILITIES : of(metric));
  }
}
