package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/**
 * P1: the eraser as the paper writes it: anchor form of (18), arithmetic (20), patch by (19),
 * served by (21).
 */
record AnchorFormPatch() implements Estimator {
  @Override
  public String code() {
    return "P1";
  }

  @Override
  public String title() {
    return "Rule Eraser as in the paper (anchor form)";
  }

  @Override
  public boolean needsReadableAttribute() {
    return true;
  }

  @Override
  public BiasRule distil(AttributeDistillation distillation) {
    double[] labels =
        SoftLabels.anchorForm(distillation.calibration(), distillation.populatedCells());
    return new BiasRule.Distilled(distillation.patch(labels, distillation.calibration().weights()));
  }
}
