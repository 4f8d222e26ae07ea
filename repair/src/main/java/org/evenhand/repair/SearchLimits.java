package org.evenhand.repair;

import java.util.OptionalDouble;

/**
 * What a search is for, and within which limits it may choose.
 *
 * @param aim what is to fall or rise
 * @param maxAccuracyLoss overall accuracy that a repair may cost, as a fraction
 * @param minImpactRatio the lowest selection rate over the highest that a repair must keep, 0 to 1;
 *     empty for any
 */
public record SearchLimits(Aim aim, double maxAccuracyLoss, OptionalDouble minImpactRatio) {
  /** To lower Model Bias at no more than one point of overall accuracy. */
  public static final SearchLimits DEFAULT =
      new SearchLimits(Aim.MODEL_BIAS, 0.01, OptionalDouble.empty());

  /**
   * @throws RepairException if a limit is no fraction, or the aim needs counterfactual pairs
   */
  public SearchLimits {
    if (!(maxAccuracyLoss >= 0 && maxAccuracyLoss <= 1)) {
      throw new RepairException(
          "The accuracy that a repair may cost is %s points; it must lie between 0 and 100."
              .formatted(100 * maxAccuracyLoss));
    }
    if (minImpactRatio.isPresent()
        && !(minImpactRatio.getAsDouble() >= 0 && minImpactRatio.getAsDouble() <= 1)) {
      throw new RepairException(
          "The impact ratio to keep is %s; it must lie between 0 and 1."
              .formatted(minImpactRatio.getAsDouble()));
    }
    if (aim == Aim.COUNTERFACTUAL_BIAS) {
      throw new RepairException(
          "A search compares decisions about labelled rows, which say nothing of counterfactual bias; edit the model's"
              + " last layer for that.");
    }
  }
}
