package org.evenhand.eraser;

/**
 * P1: the eraser as the paper writes it: anchor form of (18), arithmetic (20), patch by (19),
 * served by (21).
 */
record AnchorFormPatch() implements PatchEstimator {
  @Override
  public String code() {
    return "P1";
  }

  @Override
  public String title() {
    return "Rule Eraser as in the paper (anchor form)";
  }

  @Override
  public Lesson lesson(AttributeDistillation distillation) {
    Calibration calibration = distillation.calibration();
    return distillation.lesson(
        code(),
        SoftLabels.anchorForm(calibration, distillation.populatedCells()),
        calibration.weights());
  }
}
