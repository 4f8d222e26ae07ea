package org.evenhand.core;

import java.util.OptionalDouble;

/** How probabilities become a decision. */
public final class DecisionRule {
  /** The most probable class; on a tie the first of them. */
  public static final DecisionRule MOST_PROBABLE = new DecisionRule(Double.NaN);

  private final double threshold;

  private DecisionRule(double threshold) {
    this.threshold = threshold;
  }

  /**
   * For two classes: the second class where its probability is at least the threshold, else the
   * first.
   *
   * @param threshold strictly between 0 and 1
   * @throws CoreException if it is not
   */
  public static DecisionRule threshold(double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new CoreException(
          "The threshold is %s; it must lie strictly between 0 and 1.".formatted(threshold));
    }
    return new DecisionRule(threshold);
  }

  /** The threshold on the second class's probability; empty for {@link #MOST_PROBABLE}. */
  public OptionalDouble threshold() {
    return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }

  /**
   * The decided class of every row.
   *
   * @param logProbabilities rows × classes, row-major, normalised
   * @param classes K; a threshold needs K = 2
   * @throws CoreException if there is a threshold and K is not 2
   */
  public int[] decide(double[] logProbabilities, int classes) {
    if (Double.isNaN(threshold)) {
      return mostProbable(logProbabilities, classes);
    }
    if (classes != 2) {
      throw new CoreException(
          "A threshold applies to two classes, but the model decides between %d."
              .formatted(classes));
    }
    // In log space on both sides, so that a probability written exactly as the threshold reaches
    // it.
    double logThreshold = Math.log(threshold);
    int[] decisions = new int[logProbabilities.length / 2];
    for (int row = 0; row < decisions.length; row++) {
      decisions[row] = logProbabilities[2 * row + 1] >= logThreshold ? 1 : 0;
    }
    return decisions;
  }

  private static int[] mostProbable(double[] logProbabilities, int classes) {
    int[] decisions = new int[logProbabilities.length / classes];
    for (int row = 0; row < decisions.length; row++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (logProbabilities[row * classes + k] > logProbabilities[row * classes + best]) {
          best = k;
        }
      }
      decisions[row] = best;
    }
    return decisions;
  }

  @Override
  public String toString() {
    return Double.isNaN(threshold) ? "most probable class" : "threshold " + threshold;
  }
}
