package org.evenhand.http;

import org.evenhand.core.Answers;
import org.evenhand.core.Classes;

/** What the scores of an output are. */
enum Scale {
  /** Each row sums to one; a single one is the probability of the second class. */
  PROBABILITIES("probabilities"),
  /** K independent probabilities. */
  SIGMOIDS("independent sigmoids"),
  /** Log-odds, up to a constant a row. */
  LOGITS("logits");

  /** Rounded probabilities still sum to one within this. */
  private static final double TOLERANCE = 1e-3;

  private final String label;

  Scale(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** A row's scores for both classes where the server gives one for the second. */
  double[] bothClasses(double ofSecond) {
    return new double[] {this == LOGITS ? 0 : 1 - ofSecond, ofSecond};
  }

  /** Whether finite scores of one row can be what they are taken for. */
  boolean fits(double[] row) {
    if (this == LOGITS) {
      return true;
    }
    double sum = 0;
    for (double value : row) {
      if (value < 0 || value > 1 + 1e-6) {
        return false;
      }
      sum += value;
    }
    return this == SIGMOIDS || Math.abs(sum - 1) <= TOLERANCE;
  }

  /**
   * The answers that scores stand for.
   *
   * @param matrix rows × K, row-major, each row {@link #fits}
   */
  Answers.Soft answers(Classes classes, double[] matrix) {
    return switch (this) {
      case PROBABILITIES -> Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR);
      case SIGMOIDS -> Answers.Soft.ofSigmoids(classes, matrix);
      case LOGITS -> Answers.Soft.ofLogits(classes, matrix);
    };
  }
}
