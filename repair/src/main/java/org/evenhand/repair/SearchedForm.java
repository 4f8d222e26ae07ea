package org.evenhand.repair;

/**
 * A form of a method by what it does to calibration rows that it was not fitted on.
 *
 * @param method it is a form of
 * @param form what distinguishes it from other forms, in a few words
 * @param modelBias mean over the repaired attributes, 0 to 1
 * @param overall accuracy, 0 to 1
 * @param average group accuracy, mean over the repaired attributes
 * @param worst group accuracy, mean over the repaired attributes
 * @param withinLimits whether its figures are within the limits of the search
 * @param onFrontier whether it decides by the rows, and neither another such form nor the deployed
 *     model is at least as good in Model Bias and overall accuracy and better in one
 */
public record SearchedForm(
    Method method,
    String form,
    double modelBias,
    double overall,
    double average,
    double worst,
    boolean withinLimits,
    boolean onFrontier) {}
