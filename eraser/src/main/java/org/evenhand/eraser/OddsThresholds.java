package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One threshold per value that makes both classes be recognised alike whatever the value, as far as
 * that is worth its price in accuracy: the maximum over thresholds of (1 − κ)·overall accuracy +
 * κ·average group accuracy − ν·spread. The spread, (1/K)·Σ_y (2/|B|)·Σ_b |Acc_{y,b} − q_y| with the
 * best q, is Model Bias where there are two values. Given the centres q, each value's threshold is
 * found on its own and exactly; the two centres are searched on a grid, thrice refined.
 */
final class OddsThresholds {
  private static final int[] GRID = {24, 10, 10};

  private OddsThresholds() {}

  /**
   * What the thresholds are chosen for.
   *
   * @param balance κ, 0 for overall accuracy, 1 for that of the average group
   * @param price ν, points of accuracy that a point of spread is worth
   */
  record Aim(double balance, double price) {}

  /**
   * Chooses thresholds.
   *
   * @param curves one per value
   * @return one per value
   */
  static double[] of(List<OddsCurve> curves, Aim aim) {
    int values = curves.size();
    double total =
        curves.stream().mapToDouble(curve -> curve.firstRows() + curve.secondRows()).sum();
    double[][] weights = new double[values][];
    for (int b = 0; b < values; b++) {
      OddsCurve curve = curves.get(b);
      double equal = aim.balance() / (2 * values);
      weights[b] =
          new double[] {
            (1 - aim.balance()) * curve.firstRows() / total + equal,
            (1 - aim.balance()) * curve.secondRows() / total + equal
          };
    }
    double price = aim.price() / values;
    double[] low = {0, 0};
    double[] high = {1, 1};
    double[] centre = {0.5, 0.5};
    double highest = Double.NEGATIVE_INFINITY;
    double[] chosen = new double[values];
    for (int steps : GRID) {
      double[] at = centre;
      double[][] grid = {
        OddsThresholds.grid(low[0], high[0], steps), OddsThresholds.grid(low[1], high[1], steps)
      };
      List<OddsCurve.Worth> worth = new ArrayList<>();
      for (int b = 0; b < values; b++) {
        worth.add(curves.get(b).worth(weights[b], price, grid));
      }
      for (int i = 0; i <= steps; i++) {
        for (int j = 0; j <= steps; j++) {
          int[] best = new int[values];
          double sum = 0;
          for (int b = 0; b < values; b++) {
            best[b] = worth.get(b).best(i, j);
            sum += worth.get(b).at(best[b], i, j);
          }
          if (sum > highest) {
            highest = sum;
            for (int b = 0; b < values; b++) {
              chosen[b] = curves.get(b).thresholds()[best[b]];
            }
            at = new double[] {grid[0][i], grid[1][j]};
          }
        }
      }
      centre = at;
      for (int k = 0; k < 2; k++) {
        double reach = 1.5 * (high[k] - low[k]) / steps;
        low[k] = Math.max(0, centre[k] - reach);
        high[k] = Math.min(1, centre[k] + reach);
      }
    }
    return chosen;
  }

  private static double[] grid(double low, double high, int steps) {
    double[] grid = new double[steps + 1];
    Arrays.setAll(grid, i -> low + (high - low) * i / steps);
    return grid;
  }
}
