package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.BiasRule;

/**
 * S1: the table that best explains the true classes of the group-balanced calibration rows, held
 * near the geometric one: min over a, T of Σ_i w_i·CE(t_i, softmax(a·F(x_i) − Σ_b
 * p_bal(b|x_i)·T_b)) + ½·Σ_b λ_b·‖T_b − a·T_b^geo‖², w_i = 1/n_{t,b}, λ_b = κ/(min_t n_{t,b} + 1).
 *
 * <p>It repairs the asymmetry of divergences that the geometric table suffers from ({@code
 * docs/estimators.md}). The penalty scales T^geo by a, so that decisions do not change with the
 * deployed model's temperature. What is served is T/a, which leaves the deployed model's own scale
 * alone.
 *
 * @param kappa strength of the pull towards the geometric table
 */
record MapTable(double kappa) implements Estimator {
  static final double DEFAULT_KAPPA = 5;

  @Override
  public String code() {
    return "S1";
  }

  @Override
  public String title() {
    return "maximum a posteriori rule table × bias predictor";
  }

  @Override
  public boolean needsReadableAttribute() {
    return false;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    RuleTable geometric = distillation.populatedCells().geometricTable();
    Calibration calibration = distillation.calibration();
    double[] predicted = distillation.biasPredictor().logProbabilities(calibration.inputs());
    Arrays.setAll(predicted, i -> Math.exp(predicted[i]));
    double[] table =
        BalancedRegression.offsets(
            calibration, predicted, geometric.entries(), pull(distillation.cells()));
    int classes = calibration.classes();
    return new BiasRule.Tabulated(
        distillation.biasPredictor(), new RuleTable(classes, table).rounded(), classes);
  }

  private double[] pull(CellStatistics cells) {
    double[] pull = new double[cells.values()];
    for (int b = 0; b < pull.length; b++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int t = 0; t < cells.classes(); t++) {
        smallest = Math.min(smallest, cells.sizes()[t * cells.values() + b]);
      }
      pull[b] = kappa / (smallest + 1);
    }
    return pull;
  }
}
