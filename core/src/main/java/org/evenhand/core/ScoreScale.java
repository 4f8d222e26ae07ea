package org.evenhand.core;

import java.util.Arrays;

/** What the scores of a model's output are. */
public enum ScoreScale {
  /** Each row sums to one; a single one is the probability of the second class. */
  PROBABILITIES("probabilities"),
  /** K independent probabilities. */
  SIGMOIDS("independent sigmoids"),
  /** Log-odds, up to a constant per row. */
  LOGITS("logits"),
  /** One logit s of the second class, given twice: as −s and s, or as 1 − (s + ½) and s + ½. */
  MIRRORED("one logit, mirrored");

  /** What two mirrored 32-bit numbers may miss their sum by, of the larger one. */
  private static final double MIRRORING = 1e-5;

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
    return new double[] {isLogits() ? 0 : Math.max(0, 1 - ofSecond), ofSecond};
  }

  /** Whether the scores are log-odds, however they are given. */
  public boolean isLogits() {
    return this == LOGITS || this == MIRRORED;
  }

  /**
   * Whether pairs of numbers are one number, mirrored at 0 or at ½: {@code [−s, s]} or {@code [1 −
   * s, s]} in every row. Exporters of margins write them so, and so does ONNX Runtime for trees
   * that give one score.
   *
   * @param pairs rows × 2; rows that are not finite say nothing
   */
  public static boolean areMirrored(double[] pairs) {
    return areMirrored(pairs, 0) || areMirrored(pairs, 1);
  }

  private static boolean areMirrored(double[] pairs, double sum) {
    boolean any = false;
    for (int i = 0; i < pairs.length; i += 2) {
      double missed = Math.abs(pairs[i] + pairs[i + 1] - sum);
      if (missed > MIRRORING * Math.max(1, Math.abs(pairs[i]))) {
        return false;
      }
      any |= Double.isFinite(missed) && pairs[i] != pairs[i + 1];
    }
    return any;
  }

  /**
   * Refuses what is no score of this scale.
   *
   * @param score of one class
   * @param row that it belongs to
   * @param name of the class
   * @throws CoreException if it is not a number, not finite or out of range
   */
  void require(double score, int row, String name) {
    boolean fits = isLogits() ? Double.isFinite(score) : score >= 0 && score <= 1 + ROUNDING;
    if (!fits) {
      throw new CoreException(
          "Row %d has %s %s for class '%s'; %s."
              .formatted(
                  row,
                  switch (this) {
                    case PROBABILITIES -> "probability";
                    case SIGMOIDS -> "score";
                    case LOGITS, MIRRORED -> "logit";
                  },
                  score,
                  name,
                  isLogits() ? "logits must be finite" : label + " lie between 0 and 1"));
    }
  }

  /**
   * Whether one row can be what it is taken for. What is not a number says nothing against it.
   *
   * @param row K scores
   */
  public boolean fits(double[] row) {
    if (isLogits()) {
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
      // Half the difference of the two is the logit.
      case MIRRORED ->
          Answers.Soft.ofLogits(classes, Arrays.stream(matrix).map(one -> one / 2).toArray());
    };
  }
}
