package org.evenhand.repair;

/**
 * A form of a method by what it does to calibration rows that it was not fitted on.
 *
 * @param method it is a form of
 * @param form what distinguishes it from other forms, in a few words
 * @param modelBias mean over the repaired attributes, 0 to 1
 * @param counterfactualBias on rows and their twins, 0 to 1; NaN if no attribute was flipped
 * @param overall accuracy, 0 to 1
 * @param average group accuracy, mean over the repaired attributes
 * @param worst group accuracy, mean over the repaired attributes
 * @param withinLimits whether its figures are within the limits of the search
 * @param onFrontier whether it decides by the rows, and neither another such form nor the deployed
 *     model is at least as good in bias and overall accuracy and better in one; bias is
 *     counterfactual bias where the search is to lower that, else Model Bias
 */
public record SearchedForm(
    Method method,
    String form,
    double modelBias,
    double counterfactualBias,
    double overall,
    double average,
    double worst,
    boolean withinLimits,
    boolean onFrontier) {
  /**
   * A form of a search in which no attribute was flipped.
   *
   * @param method it is a form of
   * @param form what distinguishes it from other forms, in a few words
   * @param modelBias mean over the repaired attributes, 0 to 1
   * @param overall accuracy, 0 to 1
   * @param average group accuracy, mean over the repaired attributes
   * @param worst group accuracy, mean over the repaired attributes
   * @param withinLimits whether its figures are within the limits of the search
   * @param onFrontier whether neither another form nor the deployed model beats it
   */
  public SearchedForm(
      Method method,
      String form,
      double modelBias,
      double overall,
      double average,
      double worst,
      boolean withinLimits,
      boolean onFrontier) {
    this(method, form, modelBias, Double.NaN, overall, average, worst, withinLimits, onFrontier);
  }

  /**
   * The {@linkplain Aim#bias bias} that is set against accuracy.
   *
   * @param aim of the search
   */
  public double bias(Aim aim) {
    return aim.bias() == Aim.COUNTERFACTUAL_BIAS ? counterfactualBias : modelBias;
  }
}
