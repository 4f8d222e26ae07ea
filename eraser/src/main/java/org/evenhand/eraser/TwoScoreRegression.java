package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Patch;

/**
 * S2: group-balanced regression of the true class on the two scores log p(·|x) and log p_bal(·|x).
 * It subtracts a direction that is continuous in the log-odds of the attribute, where the tables
 * subtract a mixture.
 *
 * @param ridge penalty on the weights of log p_bal, in the units of one group's worth of rows
 */
record TwoScoreRegression(double ridge) implements Estimator {
  static final double DEFAULT_RIDGE = 0.01;

  /** Only fixes the free constant of the intercept. */
  private static final double INTERCEPT_RIDGE = 1e-6;

  @Override
  public String code() {
    return "S2";
  }

  @Override
  public String title() {
    return "group-balanced regression on the scores of class and attribute";
  }

  @Override
  public boolean needsReadableAttribute() {
    return false;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    distillation.populatedCells();
    Calibration calibration = distillation.calibration();
    Patch predictor = distillation.biasPredictor();
    double[] read = BiasRule.LogLinear.read(predictor, calibration.inputs());
    int values = calibration.values();
    int features = values + 1;
    double[] phi = new double[calibration.rows() * features];
    for (int row = 0; row < calibration.rows(); row++) {
      System.arraycopy(read, row * values, phi, row * features, values);
      phi[row * features + values] = 1;
    }
    double[] pull = new double[features];
    Arrays.fill(pull, ridge);
    pull[values] = INTERCEPT_RIDGE;
    int classes = calibration.classes();
    double[] offsets =
        BalancedRegression.offsets(calibration, phi, new double[features * classes], pull);
    return new BiasRule.LogLinear(
        predictor,
        rounded(offsets, 0, values * classes),
        rounded(offsets, values * classes, features * classes));
  }

  private static float[] rounded(double[] values, int from, int to) {
    float[] rounded = new float[to - from];
    for (int i = from; i < to; i++) {
      rounded[i - from] = (float) values[i];
    }
    return rounded;
  }
}
