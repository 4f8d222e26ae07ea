package org.evenhand.eraser;

import java.util.Arrays;
import java.util.Random;
import org.evenhand.audit.GroupSummary;

/**
 * What a correction gains on the same rows, with one-sided 95 % lower bounds: the rows of a group
 * before and after are correlated, so their difference is far more certain than either figure.
 *
 * @param worstGroup gain in worst group accuracy
 * @param worstGroupAtLeast its lower bound
 * @param biasReduction fall of Model Bias
 * @param biasReductionAtLeast its lower bound
 */
record PairedGain(
    double worstGroup,
    double worstGroupAtLeast,
    double biasReduction,
    double biasReductionAtLeast) {
  private static final int DRAWS = 2_000;

  /**
   * Compares decisions before and after; group accuracies are drawn from their joint normal
   * distribution.
   *
   * @param calibration the rows; every group populated
   * @param before decided classes
   * @param after decided classes
   * @param seed of the draws
   */
  static PairedGain of(Calibration calibration, int[] before, int[] after, long seed) {
    double[] sizes = calibration.groupSizes();
    double[] rightBefore = new double[sizes.length];
    double[] rightAfter = new double[sizes.length];
    double[] rightBoth = new double[sizes.length];
    for (int row = 0; row < calibration.rows(); row++) {
      int group = calibration.group(row);
      double share = calibration.weights()[row] / sizes[group];
      int target = calibration.target().codes()[row];
      rightBefore[group] += before[row] == target ? share : 0;
      rightAfter[group] += after[row] == target ? share : 0;
      rightBoth[group] += before[row] == target && after[row] == target ? share : 0;
    }
    double[] worst = new double[DRAWS];
    double[] bias = new double[DRAWS];
    Random random = new Random(seed);
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] drawnBefore = rightBefore.clone();
      double[] drawnAfter = rightAfter.clone();
      for (int g = 0; g < sizes.length; g++) {
        double varianceBefore = rightBefore[g] * (1 - rightBefore[g]) / sizes[g];
        double varianceAfter = rightAfter[g] * (1 - rightAfter[g]) / sizes[g];
        double covariance = (rightBoth[g] - rightBefore[g] * rightAfter[g]) / sizes[g];
        double z1 = random.nextGaussian();
        double z2 = random.nextGaussian();
        double spreadBefore = Math.sqrt(Math.max(varianceBefore, 1e-12));
        double along = covariance / spreadBefore;
        drawnBefore[g] += spreadBefore * z1;
        drawnAfter[g] += along * z1 + Math.sqrt(Math.max(0, varianceAfter - along * along)) * z2;
      }
      worst[draw] = worst(drawnAfter) - worst(drawnBefore);
      bias[draw] = biasReduction(calibration, drawnBefore, drawnAfter);
    }
    Arrays.sort(worst);
    Arrays.sort(bias);
    return new PairedGain(
        worst(rightAfter) - worst(rightBefore),
        worst[DRAWS / 20],
        biasReduction(calibration, rightBefore, rightAfter),
        bias[DRAWS / 20]);
  }

  private static double biasReduction(Calibration calibration, double[] before, double[] after) {
    int classes = calibration.classes();
    int values = calibration.values();
    return GroupSummary.modelBias(before, classes, values)
        - GroupSummary.modelBias(after, classes, values);
  }

  private static double worst(double[] accuracies) {
    return Arrays.stream(accuracies).min().orElseThrow();
  }
}
