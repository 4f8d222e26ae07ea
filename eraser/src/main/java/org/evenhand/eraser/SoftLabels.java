package org.evenhand.eraser;

import org.evenhand.core.LogSpace;

/**
 * The soft labels that a patch learns: one distribution a group (t,b), after group-wise
 * normalisation (equation 20).
 */
final class SoftLabels {
  private SoftLabels() {}

  /**
   * The paper's anchor form: every row's own log-probabilities stand for its class in (18), and
   * (20) averages the resulting probabilities arithmetically.
   *
   * @return K × |B| × K distributions
   */
  static double[] anchorForm(Calibration calibration, CellStatistics cells) {
    int classes = calibration.classes();
    int values = calibration.values();
    double[] logs = calibration.centredLogProbabilities();
    double[] labels = new double[classes * values * classes];
    double[] soft = new double[classes];
    for (int row = 0; row < calibration.rows(); row++) {
      int target = calibration.target().codes()[row];
      int value = calibration.attribute().codes()[row];
      for (int k = 0; k < classes; k++) {
        double sum = logs[row * classes + k];
        for (int t = 0; t < classes; t++) {
          sum += t == target ? 0 : cells.means()[(t * values + value) * classes + k];
        }
        soft[k] = sum / classes;
      }
      LogSpace.normalizeRows(soft, classes);
      int group = calibration.group(row);
      for (int k = 0; k < classes; k++) {
        labels[group * classes + k] +=
            calibration.weights()[row] * Math.exp(soft[k]) / cells.sizes()[group];
      }
    }
    return labels;
  }

  /**
   * The full form of (18), equal to averaging (20) in log space: every row of an attribute value
   * has the label q_b.
   *
   * @return K × |B| × K distributions, the same for every class
   */
  static double[] fullForm(CellStatistics cells) {
    double[] rule = cells.geometricTable().probabilities();
    double[] labels = new double[cells.classes() * rule.length];
    for (int t = 0; t < cells.classes(); t++) {
      System.arraycopy(rule, 0, labels, t * rule.length, rule.length);
    }
    return labels;
  }

  /** One row a calibration row: its group's label. */
  static double[] byRow(Calibration calibration, double[] labels) {
    int classes = calibration.classes();
    double[] rows = new double[calibration.rows() * classes];
    for (int row = 0; row < calibration.rows(); row++) {
      System.arraycopy(labels, calibration.group(row) * classes, rows, row * classes, classes);
    }
    return rows;
  }
}
