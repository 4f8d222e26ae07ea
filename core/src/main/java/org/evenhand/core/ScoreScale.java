package org.evenhand.core;

/** What the scores of a model's output are. */
public enum ScoreScale {
  /** Each row sums to one; a single one is the probability of the second class. */
  PROBABILITIES("probabilities"),
  /** K independent probabilities. */
  SIGMOIDS("independent sigmoids"),
  /** Log-odds, up to a constant per row. */
  LOGITS("logits");

  /** Rounded probabilities still sum to one within this. */
  private static final double TOLERANCE = 1e-3;

  /** Rounded probabilities may pass one by this. */
  private static final double ROUNDING = 1e-6;

  private final String label;

  ScoreScale(String label) {
    this.label = label;
  }

  /** The scale as sentences name it. */
  public String label() {
    return label;
  }

  /**
   * A row's scores for both classes where a model gives one for the second.
   *
   * @param ofSecond a probability, or the log-odds of the second class against the first
   */
  public double[] bothClasses(double ofSecond) {
    return new double[] {this == LOGITS ? 0 : 1 - ofSecond, ofSecond};
  }

  /**
   * Whether one row can be what it is taken for. What is not a number says nothing against it.
   *
   * @param row K scores
   */
  public boolean fits(double[] row) {
    if (this == LOGITS) {
      return true;
    }
    double sum = 0;
    for (double value : row) {
      if (value < 0 || value > 1 + ROUNDING) {
        return false;
      }
      sum += value;
    }
    return this == SIGMOIDS || Double.isNaN(sum) || Math.abs(sum - 1) <= TOLERANCE;
  }

  /**
   * The answers that scores stand for.
   *
   * @param classes the K classes
   * @param matrix rows × K, row-major and finite, each row {@link #fits}
   * @throws CoreException if a row is not what it is taken for
   */
  public Answers.Soft answers(Classes classes, double[] matrix) {
    return switch (this) {
      case PROBABILITIES -> Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR);
      case SIGMOIDS -> Answers.Soft.ofSigmoids(classes, matrix);
      case LOGITS -> Answers.Soft.ofLogits(classes, matrix);
    };
  }
}
