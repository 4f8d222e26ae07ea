package org.evenhand.audit;

/**
 * Metrics of one value of an attribute, whatever the true class. Rates are about the favourable
 * class; differences are this value minus the reference value (0 for the reference itself); unknown
 * where the data or the model cannot give them.
 *
 * @param value the attribute's value
 * @param n rows, weighted
 * @param selectionRate share given the favourable class
 * @param truePositiveRate of those who deserve it
 * @param falsePositiveRate of those who do not
 * @param positivePredictiveValue share deserving among those given it
 * @param impactRatio selection rate over the reference's
 * @param belowFourFifths whether that ratio is below 0.8: a flag, never a verdict
 * @param statisticalParityDifference of selection rates
 * @param equalOpportunityDifference of true positive rates
 * @param averageOddsDifference mean of the differences of true and of false positive rates
 * @param predictiveParityDifference of positive predictive values
 * @param calibrationError mean absolute gap between score and outcome over 15 bins of equal mass
 * @param auc area under the ROC curve of the favourable class's score
 */
public record ValueMetrics(
    String value,
    double n,
    Estimate selectionRate,
    Estimate truePositiveRate,
    Estimate falsePositiveRate,
    Estimate positivePredictiveValue,
    Estimate impactRatio,
    boolean belowFourFifths,
    Estimate statisticalParityDifference,
    Estimate equalOpportunityDifference,
    Estimate averageOddsDifference,
    Estimate predictiveParityDifference,
    Estimate calibrationError,
    Estimate auc) {}
