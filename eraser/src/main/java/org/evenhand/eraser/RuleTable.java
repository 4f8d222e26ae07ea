package org.evenhand.eraser;

import org.evenhand.core.LogSpace;

/**
 * The bias rule of every attribute value: T_b, which is log p(y|b) up to a constant per value where
 * the classes' divergences are equal ({@code docs/estimators.md} derives it).
 *
 * @param classes K
 * @param entries |B| × K, row-major, in nats, every row centred at zero
 */
record RuleTable(int classes, double[] entries) {
  RuleTable {
    entries = entries.clone();
    centreRows(entries, classes);
  }

  static void centreRows(double[] matrix, int columns) {
    for (int start = 0; start < matrix.length; start += columns) {
      double mean = 0;
      for (int k = 0; k < columns; k++) {
        mean += matrix[start + k] / columns;
      }
      for (int k = 0; k < columns; k++) {
        matrix[start + k] -= mean;
      }
    }
  }

  /**
   * T_b as the unweighted mean over classes of cell means.
   *
   * @param cells K × |B| × K: mean log-probabilities of every group
   * @param values |B|
   * @param classes K
   */
  static RuleTable ofCellMeans(double[] cells, int values, int classes) {
    double[] entries = new double[values * classes];
    for (int t = 0; t < classes; t++) {
      for (int i = 0; i < entries.length; i++) {
        entries[i] += cells[t * values * classes + i] / classes;
      }
    }
    return new RuleTable(classes, entries);
  }

  /** The table as distributions q_b, |B| × K. */
  double[] probabilities() {
    double[] probabilities = entries.clone();
    LogSpace.normalizeRows(probabilities, classes);
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Math.exp(probabilities[i]);
    }
    return probabilities;
  }

  float[] rounded() {
    float[] rounded = new float[entries.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) entries[i];
    }
    return rounded;
  }
}
