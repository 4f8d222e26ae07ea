package org.evenhand.eraser;

/**
 * P3: the paper's eraser with the full form of (18); patch by (19); served by (21). P3b weights
 * every row of (19) by 1/n_{t,b}, so that the patch does not read the class as evidence for the
 * attribute.
 *
 * @param balanced whether rows are weighted so
 */
record FullFormPatch(boolean balanced) implements PatchEstimator {
  @Override
  public String code() {
    return balanced ? "P3b" : "P3";
  }

  @Override
  public String title() {
    return "Rule Eraser, full (log-space) form" + (balanced ? ", group-balanced patch" : "");
  }

  @Override
  public Lesson lesson(AttributeDistillation distillation) {
    Calibration calibration = distillation.calibration();
    return distillation.lesson(
        code(),
        SoftLabels.fullForm(distillation.populatedCells()),
        balanced ? calibration.groupBalancedWeights() : calibration.weights());
  }
}
