package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/**
 * S3: C2 with all group means replaced by class effect + bias effect, fitted by weighted least
 * squares: T_b = (1/K)·Σ_t (α_t + β_b).
 */
record TwoWayTable() implements Estimator {
  @Override
  public String code() {
    return "S3";
  }

  @Override
  public String title() {
    return "rule table of class effect + bias effect × bias predictor";
  }

  @Override
  public boolean needsReadableAttribute() {
    return true;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    RuleTable table = distillation.cells().twoWayTable();
    return new BiasRule.Tabulated(distillation.biasPredictor(), table.rounded(), table.classes());
  }
}
