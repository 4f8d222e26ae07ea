package org.evenhand.repair;

/**
 * A figure after a repair less the same figure before it, on the same rows.
 *
 * @param value the measured change
 * @param low with 95 % confidence the change is not below this
 * @param high with 95 % confidence the change is not above this; together the ends are a 90 %
 *     interval, so that they agree with {@link Finding}
 */
public record PairedChange(double value, double low, double high) {
  private static final double ONE_SIDED_95 = 1.6448536269514722;

  /**
   * Of a mean, by its normal distribution.
   *
   * @param mean of changes
   * @param error its standard error
   */
  static PairedChange ofMean(double mean, double error) {
    double margin = ONE_SIDED_95 * error;
    return new PairedChange(mean, mean - margin, mean + margin);
  }
}
