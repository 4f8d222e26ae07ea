package org.evenhand.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;
import org.evenhand.onnx.OnnxClassifier;

/** Puts a fused model in place only after it has answered real rows as the library does. */
final class FusedCheck {
  private static final double TOLERANCE = 1e-5;

  private FusedCheck() {}

  /** Writes the model to a file. */
  interface Writer {
    void write(Path file);
  }

  /**
   * Writes, asks, compares, and moves into place.
   *
   * @param target the fused model's file
   * @param writer writes it
   * @param rows real rows with the model's columns
   * @param expected the corrected answers to them
   */
  static void write(Path target, Writer writer, Table rows, Answers.Soft expected) {
    Path candidate = target.resolveSibling("." + target.getFileName() + ".unchecked");
    try {
      writer.write(candidate);
      double worst = worstDifference(candidate, rows, expected);
      if (!(worst <= TOLERANCE)) {
        throw new IllegalStateException(
            "the fused model differs from the library by %s, more than %s"
                .formatted(worst, TOLERANCE));
      }
      Files.move(candidate, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliException(
          "The fused model cannot be moved to '%s': %s.".formatted(target, e.getMessage()));
    } finally {
      deleteIfThere(candidate);
    }
  }

  private static double worstDifference(Path fused, Table rows, Answers.Soft expected) {
    try (OnnxClassifier model = OnnxClassifier.open(fused)) {
      double[] served = ((Answers.Soft) model.answer(rows)).logProbabilities();
      double worst = 0;
      for (int i = 0; i < served.length; i++) {
        worst =
            Math.max(
                worst, Math.abs(Math.exp(served[i]) - Math.exp(expected.logProbabilities()[i])));
      }
      return worst;
    }
  }

  private static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Already replaced or never written; the message of the first failure is the one that
      // matters.
    }
  }
}
