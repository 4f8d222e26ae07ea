package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/** P3: the paper's eraser with the full form of (18); patch by (19); served by (21). */
record FullFormPatch() implements Estimator {
  @Override
  public String code() {
    return "P3";
  }

  @Override
  public String title() {
    return "Rule Eraser, full (log-space) form";
  }

  @Override
  public boolean needsReadableAttribute() {
    return true;
  }

  @Override
  public BiasRule distil(Distillation distillation) {
    double[] labels = SoftLabels.fullForm(distillation.populatedCells());
    return new BiasRule.Distilled(distillation.patch(labels));
  }
}
