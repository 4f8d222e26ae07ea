package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line in the plane of two bias scores: a decision is turned beyond it, where z₀·s₀ + z₁·s₁ > 1.
 * Since s_y = g_y/(2p(1|x) − 1) whatever the decision, with g_y = p(b₀,y|x)/p(b₀,y) −
 * p(b₁,y|x)/p(b₁,y), that decides for the second class where 2p(1|x) − 1 − z₀·g₀ − z₁·g₁ > 0.
 *
 * @param first z₀
 * @param second z₁
 * @param shares p(b,y), cells in the order of class and value
 */
record BiasScoreLine(double first, double second, double[] shares) {
  private static final int DIRECTIONS = 180;

  /** 2p(1|x) − 1 less what the line takes away; above 0 the second class is decided. */
  double score(double margin, double[] chances, int row) {
    return margin - first * bias(chances, row, 0, shares) - second * bias(chances, row, 1, shares);
  }

  private static double bias(double[] chances, int row, int y, double[] shares) {
    return chances[4 * row + 2 * y] / shares[2 * y]
        - chances[4 * row + 2 * y + 1] / shares[2 * y + 1];
  }

  /** What the chance of each cell is multiplied with, in the sum that is taken away. */
  float[] coefficients() {
    return new float[] {
      (float) (first / shares[0]),
      (float) (-first / shares[1]),
      (float) (second / shares[2]),
      (float) (-second / shares[3])
    };
  }

  /**
   * The most accurate lines; where none keeps a bound, the one that exceeds it least.
   *
   * @param margins 2p(1|x) − 1, one per row
   * @param chances p(b,y|x), rows × 4
   * @param shares p(b,y)
   * @param cells of the rows
   * @param weights of the rows
   * @param bounds on the difference in how each class is recognised
   * @return one line per bound
   */
  static List<BiasScoreLine> best(
      double[] margins,
      double[] chances,
      double[] shares,
      int[] cells,
      double[] weights,
      double[] bounds) {
    Tally start = new Tally(margins, cells, weights);
    List<BiasScoreLine> lines = new ArrayList<>();
    double[] highest = new double[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      lines.add(new BiasScoreLine(0, 0, shares));
      highest[i] = start.merit(bounds[i]);
    }
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      double angle = 2 * Math.PI * direction / DIRECTIONS;
      double[] turns = new double[margins.length];
      for (int row = 0; row < turns.length; row++) {
        double along =
            Math.cos(angle) * bias(chances, row, 0, shares)
                + Math.sin(angle) * bias(chances, row, 1, shares);
        // The length at which the row's decision turns; none if it never does.
        turns[row] = along * margins[row] > 0 ? margins[row] / along : Double.POSITIVE_INFINITY;
      }
      int[] order =
          IntStream.range(0, turns.length)
              .filter(row -> turns[row] < Double.POSITIVE_INFINITY)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> turns[row]))
              .mapToInt(Integer::intValue)
              .toArray();
      Tally tally = new Tally(margins, cells, weights);
      for (int i = 0; i < order.length; i++) {
        tally.turn(order[i]);
        double at = turns[order[i]];
        double next = i + 1 < order.length ? turns[order[i + 1]] : 2 * at;
        for (int j = 0; j < bounds.length && next > at; j++) {
          double merit = tally.merit(bounds[j]);
          if (merit > highest[j]) {
            highest[j] = merit;
            double length = (at + next) / 2;
            lines.set(
                j, new BiasScoreLine(length * Math.cos(angle), length * Math.sin(angle), shares));
          }
        }
      }
    }
    return lines;
  }

  /** How many rows of each cell are decided right. */
  private static final class Tally {
    private final int[] cells;
    private final double[] weights;
    private final boolean[] second;
    private final double[] right = new double[4];
    private final double[] rows = new double[4];
    private double total;

    Tally(double[] margins, int[] cells, double[] weights) {
      this.cells = cells;
      this.weights = weights;
      this.second = new boolean[margins.length];
      for (int row = 0; row < margins.length; row++) {
        second[row] = margins[row] > 0;
        rows[cells[row]] += weights[row];
        right[cells[row]] += isRight(row) ? weights[row] : 0;
        total += weights[row];
      }
    }

    private boolean isRight(int row) {
      return second[row] == (cells[row] >= 2);
    }

    void turn(int row) {
      second[row] = !second[row];
      right[cells[row]] += isRight(row) ? weights[row] : -weights[row];
    }

    /** Accuracy, 0 to 1, within the bound; less than nothing, by the excess, beyond it. */
    double merit(double bound) {
      double excess = 0;
      double sum = 0;
      for (int y = 0; y < 2; y++) {
        sum += right[2 * y] + right[2 * y + 1];
        double gap = Math.abs(right[2 * y] / rows[2 * y] - right[2 * y + 1] / rows[2 * y + 1]);
        excess = Math.max(excess, gap - bound);
      }
      return excess > 0 ? -excess : sum / total;
    }
  }
}
