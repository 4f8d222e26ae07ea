package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.onnx.FusedCheck;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Proves that a written model answers real rows as the library does, before anyone gets it. */
final class WrittenModel {
  private static final double TOLERANCE = 1e-5;

  /** Networks over images compute with 32-bit numbers, in another order when they are fused. */
  private static final double TOLERANCE_OF_IMAGES = 1e-4;

  /** Weights of 16 bits hold four digits. */
  private static final double TOLERANCE_OF_HALVES = 5e-3;

  /** Asking about an image costs thousands of times as much as asking about a row of a table. */
  private static final int MOST_IMAGES = 512;

  /** Bounds the memory that comparing takes, whatever the number of rows. */
  private static final int ROWS_AT_ONCE = 16_384;

  private WrittenModel() {}

  /**
   * Asks the written model and compares: about every row of a table, but about at most 512 rows
   * with images, spread evenly.
   *
   * @param file the model
   * @param options by which the deployed model was asked; a repaired one has the same inputs and
   *     outputs
   * @param rows real rows with the model's columns
   * @param expected the corrected answers to them
   * @throws IllegalStateException if a probability differs by more than 1e-5, of a model of images
   *     by more than 1e-4, of one with weights of 16 bits by more than 0.005: a bug of ours
   */
  static void requireSame(Path file, OnnxOptions options, Table rows, Answers.Soft expected) {
    try (OnnxClassifier model = OnnxClassifier.open(file, options)) {
      boolean images =
          model.inputs().stream().anyMatch(input -> input.kind() == InputColumn.Kind.TENSOR);
      int[] compared = spread(rows.rows(), images ? MOST_IMAGES : rows.rows());
      double worst =
          worstDifference(model.answer(rows.select(compared)), expected.select(compared));
      double tolerance =
          model.hasHalves() ? TOLERANCE_OF_HALVES : images ? TOLERANCE_OF_IMAGES : TOLERANCE;
      if (!(worst <= tolerance)) {
        throw new IllegalStateException(
            "the written model differs from the library by %s, more than %s"
                .formatted(worst, tolerance));
      }
    }
  }

  /**
   * The same of a fused model, in which labels and flags must also follow from the corrected
   * answers.
   *
   * @param file the model
   * @param options by which the deployed model was asked
   * @param all rows that were answered, whether or not anything was fitted on them
   * @param correction of the answers
   * @param rule by which they become decisions
   * @throws org.evenhand.onnx.OnnxException if an output contradicts the library or another output
   */
  static void requireConsistent(
      Path file, OnnxOptions options, AnsweredRows all, Correction correction, DecisionRule rule) {
    boolean images = all.table().columns().stream().anyMatch(TensorColumn.class::isInstance);
    int[] compared = spread(all.table().rows(), images ? MOST_IMAGES : all.table().rows());
    try (FusedCheck check =
        FusedCheck.open(file, options, rule, images ? TOLERANCE_OF_IMAGES : TOLERANCE)) {
      for (int from = 0; from < compared.length; from += ROWS_AT_ONCE) {
        int to = Math.min(from + ROWS_AT_ONCE, compared.length);
        AnsweredRows rows = all.select(Arrays.copyOfRange(compared, from, to));
        Answers.Soft deployed = (Answers.Soft) rows.answers();
        check.require(rows.table(), deployed, correction.apply(deployed, rows.set().inputs()));
      }
    }
  }

  private static int[] spread(int rows, int most) {
    int count = Math.min(rows, most);
    return IntStream.range(0, count).map(i -> (int) ((long) i * rows / count)).toArray();
  }

  /**
   * Compares what a step after a served model gives with what was measured.
   *
   * @param given by the step
   * @param expected the corrected answers
   * @throws IllegalStateException if a probability differs by more than 1e-5: a bug of ours
   */
  static void requireSame(Answers.Soft given, Answers.Soft expected) {
    double worst = worstDifference(given, expected);
    if (!(worst <= TOLERANCE)) {
      throw new IllegalStateException(
          "the written step differs from the library by %s, more than %s"
              .formatted(worst, TOLERANCE));
    }
  }

  private static double worstDifference(Answers served, Answers expected) {
    double[] one = ((Answers.Soft) served).logProbabilities();
    double[] other = ((Answers.Soft) expected).logProbabilities();
    return IntStream.range(0, one.length)
        .mapToDouble(i -> Math.abs(Math.exp(one[i]) - Math.exp(other[i])))
        .reduce(0, Math::max);
  }
}
