package org.evenhand.cli;

import java.nio.file.Path;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Proves that a written model answers real rows as the library does, before anyone gets it. */
final class WrittenModel {
  private static final double TOLERANCE = 1e-5;

  private WrittenModel() {}

  /**
   * Asks the written model and compares.
   *
   * @param file the model
   * @param options by which the deployed model was asked; a repaired one has the same inputs and
   *     outputs
   * @param rows real rows with the model's columns
   * @param expected the corrected answers to them
   * @throws IllegalStateException if a probability differs by more than 1e-5: a bug of ours
   */
  static void requireSame(Path file, OnnxOptions options, Table rows, Answers.Soft expected) {
    try (OnnxClassifier model = OnnxClassifier.open(file, options)) {
      double worst =
          worstDifference(((Answers.Soft) model.answer(rows)).logProbabilities(), expected);
      if (!(worst <= TOLERANCE)) {
        throw new IllegalStateException(
            "the written model differs from the library by %s, more than %s"
                .formatted(worst, TOLERANCE));
      }
    }
  }

  private static double worstDifference(double[] served, Answers.Soft expected) {
    double worst = 0;
    for (int i = 0; i < served.length; i++) {
      double difference = Math.exp(served[i]) - Math.exp(expected.logProbabilities()[i]);
      worst = Math.max(worst, Math.abs(difference));
    }
    return worst;
  }
}
