package org.evenhand.unlearning;

import java.util.Arrays;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;

/**
 * Rows as a head sees them. A head with bias reads a constant 1 as its last feature, so that
 * weights and bias are one matrix.
 *
 * @param width D, the features with that constant, if there is one
 * @param features rows × D, row-major
 * @param targets the true class of every row
 * @param weights one per row, not negative
 */
public record HeadRows(int width, double[] features, int[] targets, double[] weights) {
  /**
   * @throws UnlearningException if the lengths do not fit
   */
  public HeadRows {
    if (features.length != targets.length * width || weights.length != targets.length) {
      throw new UnlearningException(
          "%d rows of %d features need %d numbers and %d weights, but there are %d and %d."
              .formatted(
                  targets.length,
                  width,
                  targets.length * width,
                  targets.length,
                  features.length,
                  weights.length));
    }
  }

  /**
   * The rows of a set as the model's head sees them.
   *
   * @param model asked for the features
   * @param set its weights count
   */
  public static HeadRows of(HeadedClassifier model, LabelledSet set) {
    return of(model.head(), model.features(set.inputs()), set.target().codes(), set.weights());
  }

  /**
   * Rows of features that were computed before.
   *
   * @param head says whether a constant is appended
   * @param features rows × d, row-major
   * @param targets the true class of every row
   * @param weights one per row
   */
  public static HeadRows of(Head head, double[] features, int[] targets, double[] weights) {
    int d = head.features();
    if (!head.biased()) {
      return new HeadRows(d, features, targets, weights);
    }
    double[] extended = new double[targets.length * (d + 1)];
    for (int row = 0; row < targets.length; row++) {
      System.arraycopy(features, row * d, extended, row * (d + 1), d);
      extended[row * (d + 1) + d] = 1;
    }
    return new HeadRows(d + 1, extended, targets, weights);
  }

  /** The number of rows. */
  public int rows() {
    return targets.length;
  }

  /** The total weight. */
  public double weight() {
    return Arrays.stream(weights).sum();
  }

  /** The mean square of a feature, which scales ridges. */
  static double meanSquare(HeadRows rows) {
    return rows.squares() / rows.features().length;
  }

  /** The sum of the squares of all features. */
  double squares() {
    return Vectors.dot(features, features);
  }

  /**
   * The given rows, in the given order.
   *
   * @param rows indices of rows
   */
  public HeadRows select(int[] rows) {
    double[] selected = new double[rows.length * width];
    int[] selectedTargets = new int[rows.length];
    double[] selectedWeights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * width, selected, i * width, width);
      selectedTargets[i] = targets[rows[i]];
      selectedWeights[i] = weights[rows[i]];
    }
    return new HeadRows(width, selected, selectedTargets, selectedWeights);
  }

  /**
   * The same rows with other weights.
   *
   * @param others one per row
   */
  public HeadRows weighted(double[] others) {
    return new HeadRows(width, features, targets, others);
  }

  /**
   * These rows and then others.
   *
   * @param others of the same width
   */
  public HeadRows and(HeadRows others) {
    double[] both = Arrays.copyOf(features, features.length + others.features.length);
    System.arraycopy(others.features, 0, both, features.length, others.features.length);
    int[] bothTargets = Arrays.copyOf(targets, rows() + others.rows());
    System.arraycopy(others.targets, 0, bothTargets, rows(), others.rows());
    double[] bothWeights = Arrays.copyOf(weights, rows() + others.rows());
    System.arraycopy(others.weights, 0, bothWeights, rows(), others.rows());
    return new HeadRows(width, both, bothTargets, bothWeights);
  }
}
