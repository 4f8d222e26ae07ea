package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/**
 * C2: f̂(x) = F(x) − Σ_b p_bal(b|x)·T_b with T_b = (1/K)·Σ_t μ_{t,b}, the mean over classes of the
 * group means: equation (20) of Rule Eraser in log space, and no patch trained on the model's
 * answers.
 */
record LogLinearTable() implements Estimator {
  @Override
  public String code() {
    return "C2";
  }

  @Override
  public String title() {
    return "rule table × bias predictor, log-linear";
  }

  @Override
  public boolean needsReadableAttribute() {
    return true;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    RuleTable table = distillation.populatedCells().geometricTable();
    return new BiasRule.Tabulated(distillation.biasPredictor(), table.rounded(), table.classes());
  }
}
