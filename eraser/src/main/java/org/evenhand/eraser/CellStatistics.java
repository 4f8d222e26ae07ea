package org.evenhand.eraser;

import java.util.Arrays;

/**
 * Counts, means and variances of centred log-probabilities in every group (t,b).
 *
 * @param classes K
 * @param values |B|
 * @param sizes K × |B|: n_{t,b}, weighted
 * @param means K × |B| × K: μ_{t,b}; zeros for an empty group
 * @param variances K × |B| × K: of a single row within its group, in nats²
 */
record CellStatistics(int classes, int values, double[] sizes, double[] means, double[] variances) {

  static CellStatistics of(Calibration calibration) {
    return of(calibration, calibration.centredLogProbabilities());
  }

  private static CellStatistics of(Calibration calibration, double[] logs) {
    int classes = calibration.classes();
    double[] sizes = calibration.groupSizes();
    double[] means = new double[sizes.length * classes];
    double[] variances = new double[sizes.length * classes];
    for (int row = 0; row < calibration.rows(); row++) {
      int group = calibration.group(row);
      for (int k = 0; k < classes; k++) {
        means[group * classes + k] += calibration.weights()[row] * logs[row * classes + k];
      }
    }
    divideByGroup(means, sizes, classes);
    for (int row = 0; row < calibration.rows(); row++) {
      int group = calibration.group(row);
      for (int k = 0; k < classes; k++) {
        double deviation = logs[row * classes + k] - means[group * classes + k];
        variances[group * classes + k] += calibration.weights()[row] * deviation * deviation;
      }
    }
    divideByGroup(variances, sizes, classes);
    return new CellStatistics(classes, calibration.values(), sizes, means, variances);
  }

  private static void divideByGroup(double[] sums, double[] sizes, int classes) {
    for (int i = 0; i < sums.length; i++) {
      double size = sizes[i / classes];
      sums[i] = size > 0 ? sums[i] / size : 0;
    }
  }

  boolean hasEmptyCell() {
    for (double size : sizes) {
      if (size == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether some group has no row. */
  boolean hasEmpty() {
    return Arrays.stream(sizes).anyMatch(size -> size == 0);
  }

  /**
   * Whether classes and attribute values hang together through non-empty groups. If they do not,
   * class effects and bias effects in μ_{t,b} ≈ α_t + β_b cannot be told apart.
   */
  boolean connected() {
    boolean[] classReached = new boolean[classes];
    boolean[] valueReached = new boolean[values];
    valueReached[0] = true;
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int t = 0; t < classes; t++) {
        for (int b = 0; b < values; b++) {
          if (sizes[t * values + b] > 0 && classReached[t] != valueReached[b]) {
            classReached[t] = true;
            valueReached[b] = true;
            grown = true;
          }
        }
      }
    }
    return allTrue(classReached) && allTrue(valueReached);
  }

  private static boolean allTrue(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  /**
   * Standard error of T_b = (1/K)·Σ_t μ_{t,b} in nats: (1/K)·√(Σ_t σ²_{t,b}/n_{t,b}), the largest
   * over the classes' entries; infinite if a group is empty.
   *
   * @param value b
   */
  double standardError(int value) {
    double largest = 0;
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (int t = 0; t < classes; t++) {
        int group = t * values + value;
        sum +=
            sizes[group] > 0
                ? variances[group * classes + k] / sizes[group]
                : Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.sqrt(sum) / classes);
    }
    return largest;
  }

  /** T_b from the plain group means (C2); every group must be populated. */
  RuleTable geometricTable() {
    return RuleTable.ofCellMeans(means, values, classes);
  }

  /** T_b from the fit of class effect + bias effect alone (S3). */
  RuleTable twoWayTable() {
    return RuleTable.ofCellMeans(TwoWayFit.fit(this), values, classes);
  }

  /**
   * T_b from group means shrunk towards class effect + bias effect (S4): (n·M + κ·(α_t + β_b)) / (n
   * + κ). Empty groups are imputed.
   *
   * @param kappa κ ≥ 0, in rows
   */
  RuleTable shrunkTable(double kappa) {
    double[] fitted = TwoWayFit.fit(this);
    double[] shrunk = new double[means.length];
    for (int i = 0; i < shrunk.length; i++) {
      double size = sizes[i / classes];
      // An empty cell at κ = 0 has nothing but the fit.
      shrunk[i] =
          size + kappa > 0 ? (size * means[i] + kappa * fitted[i]) / (size + kappa) : fitted[i];
    }
    return RuleTable.ofCellMeans(shrunk, values, classes);
  }
}
