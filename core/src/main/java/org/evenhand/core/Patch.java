package org.evenhand.core;

/** A small model trained on the calibration set: from a classifier's inputs to a distribution. */
public interface Patch {
  /** The number of outputs. */
  int outputs();

  /** What it is, in a few words for people. */
  default String title() {
    return "patch of %d outputs".formatted(outputs());
  }

  /**
   * Log-probabilities of every row, rows × outputs, row-major.
   *
   * @param inputs the same columns as in training; further ones are ignored
   */
  double[] logProbabilities(Table inputs);
}
