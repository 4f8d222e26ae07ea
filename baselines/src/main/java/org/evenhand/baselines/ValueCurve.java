package org.evenhand.baselines;

import java.util.Arrays;

/**
 * Every way to decide the rows of one value by a threshold, from all rows decided as class 0 to all
 * as class 1: the value's ROC curve, counted.
 *
 * @param value its name
 * @param cuts ascending in the number of rows above them, so descending themselves: log-odds of
 *     class 1 beyond today's threshold above which a row is decided as class 1; 0 for today's
 *     decisions
 * @param least the lowest log-odds of a row above each cut; infinite where there is none
 * @param right weight of rows of class 1 above each cut
 * @param wrong weight of rows of class 0 above each cut
 * @param today index of today's decisions
 * @param judged whether both classes have rows enough to compare the value with others; a value
 *     that has not is left as it is
 */
record ValueCurve(
    String value,
    float[] cuts,
    double[] least,
    double[] right,
    double[] wrong,
    int today,
    boolean judged) {
  /**
   * The curve of some rows.
   *
   * @param value its name
   * @param margins log-odds of class 1 beyond today's threshold
   * @param positive whether a row is of class 1
   * @param weights frequency weights
   * @param decided whether a row is decided as class 1 today
   * @param fewest rows of each class, by weight, for the value to be judged
   */
  static ValueCurve of(
      String value,
      double[] margins,
      boolean[] positive,
      double[] weights,
      boolean[] decided,
      double fewest) {
    Integer[] order = new Integer[margins.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(margins[b], margins[a]));
    int most = margins.length + 2;
    float[] cuts = new float[most];
    double[] least = new double[most];
    double[] right = new double[most];
    double[] wrong = new double[most];
    int points = 0;
    int today = -1;
    double positives = 0;
    double negatives = 0;
    for (int i = 0; i <= order.length; i++) {
      boolean nowToday = today < 0 && (i == order.length || !decided[order[i]]);
      float cut = nowToday ? 0 : cut(margins, order, i);
      if (!Float.isNaN(cut)) {
        cuts[points] = cut;
        least[points] = i == 0 ? Double.POSITIVE_INFINITY : margins[order[i - 1]];
        right[points] = positives;
        wrong[points] = negatives;
        if (nowToday) {
          today = points;
        }
        points++;
      }
      if (i < order.length) {
        if (positive[order[i]]) {
          positives += weights[order[i]];
        } else {
          negatives += weights[order[i]];
        }
      }
    }
    return new ValueCurve(
        value,
        Arrays.copyOf(cuts, points),
        Arrays.copyOf(least, points),
        Arrays.copyOf(right, points),
        Arrays.copyOf(wrong, points),
        today,
        Math.min(positives, negatives) >= fewest);
  }

  /** Midway between two rows, beyond the outermost; not a number where 32 bits cannot part them. */
  private static float cut(double[] margins, Integer[] order, int above) {
    if (order.length == 0) {
      return Float.NaN;
    }
    if (above == 0) {
      return (float) (margins[order[0]] + 1);
    }
    double upper = margins[order[above - 1]];
    if (above == order.length) {
      return (float) (upper - 1);
    }
    double lower = margins[order[above]];
    float middle = (float) ((upper + lower) / 2);
    return middle < upper && middle > lower ? middle : Float.NaN;
  }

  int points() {
    return cuts.length;
  }

  /** Weight of all rows of class 1. */
  double positives() {
    return right[right.length - 1];
  }

  /** Weight of all rows of class 0. */
  double negatives() {
    return wrong[wrong.length - 1];
  }

  /** Weight of all rows. */
  double weight() {
    return positives() + negatives();
  }

  /** Weight of the rows above a cut. */
  double above(int point) {
    return right[point] + wrong[point];
  }

  /** Weight of the rows that are decided right with a cut. */
  double correct(int point) {
    return right[point] + negatives() - wrong[point];
  }

  /** The point that has the rows above any cut. */
  int pointOf(double cut) {
    int low = 0;
    int high = points() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (least[middle] > cut) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The point above whose cut the weight of rows is nearest to one that is wanted. */
  int nearest(double weight) {
    int best = 0;
    for (int point = 1; point < points(); point++) {
      if (Math.abs(above(point) - weight) < Math.abs(above(best) - weight)) {
        best = point;
      }
    }
    return Math.abs(above(today) - weight) <= Math.abs(above(best) - weight) ? today : best;
  }
}
