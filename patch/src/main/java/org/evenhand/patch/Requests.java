package org.evenhand.patch;

import java.util.Locale;
import org.evenhand.core.Table;

/** Refuses what no patch can be trained on. */
final class Requests {
  private static final double TOLERANCE = 1e-3;

  private Requests() {}

  static void check(Table inputs, double[] softLabels, int outputs, double[] weights) {
    require(outputs >= 1, "A patch needs at least one output, but %d were asked for.", outputs);
    require(
        weights.length == inputs.rows(),
        "There are %d weights for %d rows; give one per row.",
        weights.length,
        inputs.rows());
    require(
        softLabels.length == inputs.rows() * outputs,
        "There are %d soft labels for %d rows of %d outputs; give one per row and output.",
        softLabels.length,
        inputs.rows(),
        outputs);
    double total = 0;
    for (int row = 0; row < weights.length; row++) {
      require(
          weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY,
          "The weight of row %d is %s; weights must be finite and not negative.",
          row,
          weights[row]);
      total += weights[row];
      if (weights[row] > 0) {
        checkDistribution(row, softLabels, outputs);
      }
    }
    require(
        total > 0, "None of the %d rows has a positive weight; a patch needs one.", inputs.rows());
    require(
        total < Double.POSITIVE_INFINITY,
        "The weights sum to infinity; divide them by their largest.");
  }

  private static void checkDistribution(int row, double[] softLabels, int outputs) {
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      double label = softLabels[row * outputs + k];
      require(
          label >= 0 && label <= 1 + TOLERANCE,
          "Soft label %d of row %d is %s; soft labels are probabilities.",
          k,
          row,
          label);
      sum += label;
    }
    require(
        Math.abs(sum - 1) <= TOLERANCE,
        "The soft labels of row %d sum to %.6g; they must sum to 1.",
        row,
        sum);
  }

  private static void require(boolean holds, String sentence, Object... arguments) {
    if (!holds) {
      throw new PatchException(String.format(Locale.ROOT, sentence, arguments));
    }
  }
}
