package org.evenhand.eraser;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well both classes of one value are recognised at each threshold on a score. What is counted
 * is smoothed with fitted chances: the share of a class below a threshold is (n·counted +
 * m·fitted)/(n + m) with n rows of the class and m = {@value #FITTED_ROWS}, so that a threshold of
 * few rows follows the fit, and one of many what was seen.
 *
 * @param thresholds ascending; a row is decided for the second class above
 * @param first share of the first class's rows that are recognised, per threshold
 * @param second share of the second class's rows that are recognised, per threshold
 * @param firstRows weight of the first class's rows
 * @param secondRows weight of the second class's rows
 */
record OddsCurve(
    double[] thresholds, double[] first, double[] second, double firstRows, double secondRows) {
  /** How many rows the fit counts as. */
  static final double FITTED_ROWS = 500;

  private static final int MOST_THRESHOLDS = 400;

  /**
   * The curve of some rows of one value.
   *
   * @param scores of the rows
   * @param chances fitted chance of the second class, per row
   * @param targets 0 or 1, per row
   * @param weights of the rows
   */
  static OddsCurve of(double[] scores, double[] chances, int[] targets, double[] weights) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] counted = new double[2];
    double[] fitted = new double[2];
    for (int row = 0; row < scores.length; row++) {
      counted[targets[row]] += weights[row];
      fitted[1] += weights[row] * chances[row];
      fitted[0] += weights[row] * (1 - chances[row]);
    }
    double[] thresholds = new double[scores.length + 1];
    double[] first = new double[thresholds.length];
    double[] second = new double[thresholds.length];
    double[] below = new double[2];
    thresholds[0] = scores[order[0]] - 1;
    second[0] = 1;
    int size = 1;
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      double[] share = {1 - chances[row], chances[row]};
      for (int k = 0; k < 2; k++) {
        double seen = targets[row] == k ? 1 : 0;
        below[k] +=
            weights[row]
                * (seen + FITTED_ROWS * share[k] / Math.max(fitted[k], Double.MIN_NORMAL))
                / (counted[k] + FITTED_ROWS);
      }
      boolean last = i + 1 == order.length;
      if (last || scores[order[i + 1]] > scores[row]) {
        thresholds[size] = last ? scores[row] + 1 : (scores[row] + scores[order[i + 1]]) / 2;
        first[size] = below[0];
        second[size++] = 1 - below[1];
      }
    }
    return thinned(
        Arrays.copyOf(thresholds, size),
        Arrays.copyOf(first, size),
        Arrays.copyOf(second, size),
        counted);
  }

  private static OddsCurve thinned(
      double[] thresholds, double[] first, double[] second, double[] counted) {
    int size = Math.min(thresholds.length, MOST_THRESHOLDS);
    int[] kept =
        IntStream.range(0, size)
            .map(i -> (int) ((long) i * (thresholds.length - 1) / Math.max(1, size - 1)))
            .toArray();
    return new OddsCurve(
        Arrays.stream(kept).mapToDouble(i -> thresholds[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> first[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> second[i]).toArray(),
        counted[0],
        counted[1]);
  }

  /**
   * What each threshold is worth at each centre of a grid: w₀·first + w₁·second − price·(|first −
   * q₀| + |second − q₁|).
   *
   * @param weights w₀ and w₁
   * @param price of a point of distance from a centre
   * @param grid values of q₀ and of q₁
   */
  Worth worth(double[] weights, double price, double[][] grid) {
    return new Worth(
        worth(first, weights[0], price, grid[0]), worth(second, weights[1], price, grid[1]));
  }

  private static double[][] worth(double[] shares, double weight, double price, double[] centres) {
    double[][] worth = new double[centres.length][shares.length];
    for (int q = 0; q < centres.length; q++) {
      for (int i = 0; i < shares.length; i++) {
        worth[q][i] = weight * shares[i] - price * Math.abs(shares[i] - centres[q]);
      }
    }
    return worth;
  }

  /**
   * The two parts of what thresholds are worth, which add up.
   *
   * @param first per centre of the first class and threshold
   * @param second per centre of the second class and threshold
   */
  record Worth(double[][] first, double[][] second) {
    /** The threshold that is worth most at two centres of the grid; of equals the lowest. */
    int best(int centre, int other) {
      double[] one = first[centre];
      double[] two = second[other];
      int best = 0;
      for (int i = 1; i < one.length; i++) {
        if (one[i] + two[i] > one[best] + two[best]) {
          best = i;
        }
      }
      return best;
    }

    double at(int threshold, int centre, int other) {
      return first[centre][threshold] + second[other][threshold];
    }
  }
}
