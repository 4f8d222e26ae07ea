package org.evenhand.audit;

import java.util.Arrays;
import org.evenhand.audit.Estimate.Known;

/**
 * Intervals of combinations of independent estimates from the intervals of the parts ("method of
 * variance estimates recovery"): with Wilson's intervals for the parts it holds its level in small
 * samples and near 0 and 1. Newcombe 1998 for differences, Donner and Zou 2012 for the rest.
 */
final class Mover {
  private Mover() {}

  static Known difference(Known minuend, Known subtrahend) {
    return sum(new double[] {1, -1}, minuend, subtrahend);
  }

  static Known mean(Known... parts) {
    double[] coefficients = new double[parts.length];
    Arrays.fill(coefficients, 1.0 / parts.length);
    return sum(coefficients, parts);
  }

  /** The linear combination of the parts. */
  static Known sum(double[] coefficients, Known... parts) {
    double value = 0;
    double below = 0;
    double above = 0;
    for (int i = 0; i < parts.length; i++) {
      double c = coefficients[i];
      double down = c * (parts[i].value() - (c > 0 ? parts[i].low() : parts[i].high()));
      double up = c * ((c > 0 ? parts[i].high() : parts[i].low()) - parts[i].value());
      value += c * parts[i].value();
      below += down * down;
      above += up * up;
    }
    return new Known(value, value - Math.sqrt(below), value + Math.sqrt(above));
  }

  /**
   * The ratio of two proportions; the denominator must not be zero.
   *
   * <p>The lower end is written without dividing by the denominator's upper terms, which may
   * vanish.
   */
  static Known ratio(Known numerator, Known denominator) {
    double product = numerator.value() * denominator.value();
    double low = numerator.low() * (2 * numerator.value() - numerator.low());
    double high = numerator.high() * (2 * numerator.value() - numerator.high());
    double denominatorLow = denominator.low() * (2 * denominator.value() - denominator.low());
    double denominatorHigh = denominator.high() * (2 * denominator.value() - denominator.high());
    double value = numerator.value() / denominator.value();
    double lower = low == 0 ? 0 : low / (product + root(product * product - low * denominatorHigh));
    double upper = (product + root(product * product - high * denominatorLow)) / denominatorLow;
    return new Known(value, Math.min(value, lower), Math.max(value, upper));
  }

  /** Root of what is zero or more in exact arithmetic. */
  private static double root(double x) {
    return Math.sqrt(Math.max(0, x));
  }
}
