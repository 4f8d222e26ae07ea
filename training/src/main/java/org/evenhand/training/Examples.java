package org.evenhand.training;

import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * What is to be learnt of every row.
 *
 * @param labels rows × outputs, row-major, each row a distribution
 * @param outputs the number of outputs
 * @param weights one per row, with mean 1 over the rows of positive weight
 */
record Examples(float[] labels, int outputs, float[] weights) {
  private static final double TOLERANCE = 1e-3;

  /**
   * @throws TrainingException if an array does not fit the rows, a weight is negative or not
   *     finite, fewer than two are positive, or a row's soft labels are not a distribution (within
   *     0.001)
   */
  static Examples of(int rows, double[] softLabels, int outputs, double[] weights) {
    require(outputs >= 1, "A network needs at least one output, but %d were asked for.", outputs);
    require(
        weights.length == rows,
        "There are %d weights for %d rows; give one per row.",
        weights.length,
        rows);
    require(
        softLabels.length == rows * outputs,
        "There are %d soft labels for %d rows of %d outputs; give one per row and output.",
        softLabels.length,
        rows,
        outputs);
    double total = 0;
    int present = 0;
    for (int row = 0; row < rows; row++) {
      require(
          weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY,
          "The weight of row %d is %s; weights must be finite and not negative.",
          row + 1,
          weights[row]);
      if (weights[row] > 0) {
        requireDistribution(row, softLabels, outputs);
        total += weights[row];
        present++;
      }
    }
    require(
        present >= 2,
        "Of %d rows %d have a positive weight; training needs two at least.",
        rows,
        present);
    require(
        total < Double.POSITIVE_INFINITY,
        "The weights sum to infinity; divide them by their largest.");
    float[] labels = new float[softLabels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (float) softLabels[i];
    }
    float[] normalized = new float[rows];
    for (int row = 0; row < rows; row++) {
      normalized[row] = (float) (weights[row] * present / total);
    }
    return new Examples(labels, outputs, normalized);
  }

  /** Rows of certain classes; the code of a row of weight 0 is not looked at. */
  static Examples certain(int[] codes, int classes, double[] weights) {
    double[] hot = new double[codes.length * classes];
    for (int row = 0; row < codes.length; row++) {
      if (weights[row] > 0) {
        hot[row * classes + codes[row]] = 1;
      }
    }
    return of(codes.length, hot, classes, weights);
  }

  private static void requireDistribution(int row, double[] softLabels, int outputs) {
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      double label = softLabels[row * outputs + k];
      require(
          label >= 0 && label <= 1 + TOLERANCE,
          "Soft label %d of row %d is %s; soft labels are probabilities.",
          k + 1,
          row + 1,
          label);
      sum += label;
    }
    require(
        Math.abs(sum - 1) <= TOLERANCE,
        "The soft labels of row %d sum to %.6g; they must sum to 1.",
        row + 1,
        sum);
  }

  private static void require(boolean holds, String sentence, Object... arguments) {
    if (!holds) {
      throw new TrainingException(String.format(Locale.ROOT, sentence, arguments));
    }
  }

  /** The rows of positive weight: the others are as if they were not there. */
  int[] present() {
    return IntStream.range(0, weights.length).filter(row -> weights[row] > 0).toArray();
  }

  /** Weighted cross-entropy of some rows. */
  Tensor crossEntropy(Engine engine, Tensor logits, int[] rows) {
    return Losses.crossEntropy(logits, labels(engine, rows), weights(engine, rows));
  }

  /** The labels of some rows, n × outputs. */
  Tensor labels(Engine engine, int[] rows) {
    float[] chosen = new float[rows.length * outputs];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(labels, rows[i] * outputs, chosen, i * outputs, outputs);
    }
    return engine.tensor(chosen, rows.length, outputs);
  }

  /** The weights of some rows, n. */
  Tensor weights(Engine engine, int[] rows) {
    float[] chosen = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = weights[rows[i]];
    }
    return engine.tensor(chosen, rows.length);
  }
}
