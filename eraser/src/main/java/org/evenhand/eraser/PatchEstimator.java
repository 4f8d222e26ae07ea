package org.evenhand.eraser;

import org.evenhand.core.BiasRule;

/** An estimator whose rule is a patch that learns soft labels by (19). */
sealed interface PatchEstimator extends Estimator permits AnchorFormPatch, FullFormPatch {
  /**
   * What the patch learns.
   *
   * @param distillation the calibration rows
   * @throws EraserException if the rows do not determine it
   */
  Lesson lesson(AttributeDistillation distillation);

  @Override
  default boolean needsReadableAttribute() {
    return true;
  }

  @Override
  default BiasRule distil(AttributeDistillation distillation) {
    return new BiasRule.Distilled(distillation.patch(lesson(distillation)));
  }
}
