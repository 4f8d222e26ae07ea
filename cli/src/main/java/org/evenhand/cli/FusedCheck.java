package org.evenhand.cli;

import java.nio.file.Path;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Proves that a fused model answers real rows as the library does, before anyone gets it. */
final class FusedCheck {
  private static final double TOLERANCE = 1e-5;

  private FusedCheck() {}

  /**
   * Asks the fused model and compares.
   *
   * @param fused its file
   * @param options by which the deployed model was asked; a fused model has the same inputs and
   *     outputs
   * @param rows real rows with the model's columns
   * @param expected the corrected answers to them
   * @throws IllegalStateException if a probability differs by more than 1e-5: a bug of ours
   */
  static void requireSame(Path fused, OnnxOptions options, Table rows, Answers.Soft expected) {
    try (OnnxClassifier model = OnnxClassifier.open(fused, options)) {
      double worst =
          worstDifference(((Answers.Soft) model.answer(rows)).logProbabilities(), expected);
      if (!(worst <= TOLERANCE)) {
        throw new IllegalStateException(
            "the fused model differs from the library by %s, more than %s"
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
