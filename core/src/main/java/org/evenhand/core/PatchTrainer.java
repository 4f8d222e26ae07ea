package org.evenhand.core;

/**
 * Trains patches by weighted cross-entropy to soft labels (equation 19 of Rule Eraser up to the
 * labels' entropy).
 */
public interface PatchTrainer {
  /**
   * Trains one patch. The same arguments give the same patch, whatever the number of threads.
   *
   * @param inputs the calibration rows
   * @param softLabels rows × outputs, row-major, each row a distribution
   * @param outputs the number of outputs
   * @param weights one per row, not negative; only their ratios matter
   * @param seed of every random draw
   */
  Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed);

  /**
   * Labels of rows whose value is known, such as their class: 1 for that, 0 for all others.
   *
   * @param codes one per row, each in {@code [0, outputs)}
   * @param outputs how many values there are
   * @return rows × outputs, row-major
   */
  static double[] certainLabels(int[] codes, int outputs) {
    double[] labels = new double[codes.length * outputs];
    for (int row = 0; row < codes.length; row++) {
      labels[row * outputs + codes[row]] = 1;
    }
    return labels;
  }

  /**
   * A trainer of patches for rows like these whose settings do not depend on rows any more, so that
   * what it is asked for again, as for the parts of a cross-validation, costs less. Trained on
   * these very arguments it gives the same patch as this one.
   *
   * @param inputs the calibration rows
   * @param softLabels rows × outputs, row-major, each row a distribution
   * @param outputs the number of outputs
   * @param weights one per row, not negative; only their ratios matter
   * @param seed of every random draw
   */
  default PatchTrainer settled(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return this;
  }
}
