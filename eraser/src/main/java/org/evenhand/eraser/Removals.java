package org.evenhand.eraser;

import org.evenhand.core.BiasRule;
import org.evenhand.core.Removal;

/** From a distilled rule to what is subtracted. */
final class Removals {
  private Removals() {}

  static Removal of(BiasRule rule, Calibration calibration, EraserSettings settings) {
    float[] kept =
        settings.goal() == Goal.UNIFORM
            ? new float[calibration.classes()]
            : biasFreeRule(rule, calibration);
    return new Removal(rule, kept, settings.strength());
  }

  /** log q̄: the mean rule over the calibration rows, which is Σ_b p(b)·T_b for a rule table (spec 2.9). */
  private static float[] biasFreeRule(BiasRule rule, Calibration calibration) {
    int classes = calibration.classes();
    double[] logRule = rule.logRule(calibration.inputs());
    double[] mean = new double[classes];
    double total = 0;
    for (int row = 0; row < calibration.rows(); row++) {
      double weight = calibration.weights()[row];
      total += weight;
      for (int k = 0; k < classes; k++) {
        mean[k] += weight * logRule[row * classes + k];
      }
    }
    float[] rounded = new float[classes];
    for (int k = 0; k < classes; k++) {
      rounded[k] = (float) (mean[k] / total);
    }
    return rounded;
  }
}
