package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/**
 * S4: C2 with group means shrunk towards class effect + bias effect, which also fills empty groups:
 * T_b = (1/K)·Σ_t (n_{t,b}·μ_{t,b} + κ·(α_t + β_b)) / (n_{t,b} + κ).
 *
 * @param kappa strength of the shrinkage in rows
 */
record ShrunkTable(double kappa) implements Estimator {
  static final double DEFAULT_KAPPA = 5;

  @Override
  public String code() {
    return "S4";
  }

  @Override
  public String title() {
    return "rule table from shrunk cells × bias predictor";
  }

  @Override
  public boolean needsReadableAttribute() {
    return true;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    RuleTable table = distillation.cells().shrunkTable(kappa);
    return new BiasRule.Tabulated(distillation.biasPredictor(), table.rounded(), table.classes());
  }
}
