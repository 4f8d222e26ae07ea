package org.evenhand.experiments;

import java.util.List;
import java.util.Locale;

/**
 * Mean and standard deviation over repetitions.
 *
 * @param mean over the repetitions
 * @param deviation sample standard deviation; 0 for a single repetition
 * @param repetitions how many there are
 */
record Summary(double mean, double deviation, int repetitions) {
  static Summary of(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Summary(
        mean, values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1)), values.size());
  }

  /** In percent or points, as a cell of a table. */
  String percent() {
    return text("%.2f", 100);
  }

  /**
   * As a cell of a table; a single repetition has no deviation to show.
   *
   * @param format of a number
   * @param factor of both numbers
   */
  String text(String format, double factor) {
    return repetitions == 1
        ? String.format(Locale.ROOT, format, factor * mean)
        : String.format(Locale.ROOT, format + " ± " + format, factor * mean, factor * deviation);
  }
}
