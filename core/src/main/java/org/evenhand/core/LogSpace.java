package org.evenhand.core;

/** Arithmetic on log-probabilities; matrices are rows × classes, row-major. */
public final class LogSpace {
  private LogSpace() {}

  /**
   * Log of the softmax of every row, in place.
   *
   * @param logits rows × classes; any additive constant of a row cancels
   * @param classes K
   */
  public static void normalizeRows(double[] logits, int classes) {
    for (int start = 0; start < logits.length; start += classes) {
      double logSum = logSumExp(logits, start, classes);
      for (int k = 0; k < classes; k++) {
        logits[start + k] -= logSum;
      }
    }
  }

  /**
   * log Σ exp of a run of values, without overflow.
   *
   * @param values holds the run
   * @param start its first index
   * @param length its length, at least 1
   */
  public static double logSumExp(double[] values, int start, int length) {
    double max = values[start];
    for (int k = 1; k < length; k++) {
      max = Math.max(max, values[start + k]);
    }
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += Math.exp(values[start + k] - max);
    }
    return max + Math.log(sum);
  }

  /**
   * Raises smaller values to a floor, in place.
   *
   * @param floor the smallest value that stays as it is
   * @param values any
   * @return the same array
   */
  public static double[] atLeast(double floor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], floor);
    }
    return values;
  }
}
