package org.evenhand.eraser;

import org.evenhand.core.Answers;

/**
 * Probabilities that an interface rounds to d decimals: a zero among them means "below half a
 * unit", and its logarithm would drown the mean of all others, so that it is taken for ½·10⁻ᵈ.
 */
final class Rounding {
  private static final int MOST_DECIMALS = 4;

  private Rounding() {}

  /**
   * Raises log-probabilities to half a unit of their last decimal, if they are rounded; in place.
   */
  static void clip(double[] logProbabilities) {
    if (!isRounded(logProbabilities)) {
      return;
    }
    double floor = Math.log(floor(logProbabilities));
    for (int i = 0; i < logProbabilities.length; i++) {
      logProbabilities[i] = Math.max(logProbabilities[i], floor);
    }
  }

  /** Whether all probabilities are rounded to at most four decimals. */
  static boolean isRounded(double[] logProbabilities) {
    return floor(logProbabilities) > Answers.FLOAT_FLOOR;
  }

  /**
   * Half a unit of the last decimal if all are rounded to at most four decimals, else {@link
   * Answers#FLOAT_FLOOR}.
   */
  static double floor(double[] logProbabilities) {
    double unit = 1;
    for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
      unit /= 10;
      if (allMultiplesOf(unit, logProbabilities)) {
        return unit / 2;
      }
    }
    return Answers.FLOAT_FLOOR;
  }

  private static boolean allMultiplesOf(double unit, double[] logProbabilities) {
    for (double log : logProbabilities) {
      double p = Math.exp(log);
      // 32-bit models round once more; what was clipped at their floor is a zero.
      if (Math.abs(p - unit * Math.rint(p / unit)) > 2 * Answers.FLOAT_FLOOR) {
        return false;
      }
    }
    return true;
  }
}
