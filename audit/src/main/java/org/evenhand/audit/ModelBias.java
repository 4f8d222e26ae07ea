package org.evenhand.audit;

/**
 * The equal-odds gap of one attribute (Rule Eraser, equation 22): the mean over classes and over
 * pairs of the attribute's values of the absolute difference of group accuracies, 0 to 1.
 *
 * @param estimate the gap with its interval
 * @param noiseFloorMean mean gap that chance alone gives when all groups of a class are equally
 *     accurate
 * @param noiseFloorHigh 95 % quantile of the same
 * @param pValue share of chance gaps at least as large, counted as (1 + hits)/(draws + 1); NaN if
 *     the gap is unknown
 * @param adjustedPValue the same after Holm's correction over the attributes of the audit
 */
public record ModelBias(
    Estimate estimate,
    double noiseFloorMean,
    double noiseFloorHigh,
    double pValue,
    double adjustedPValue) {
  /**
   * Whether so large a gap is beyond chance.
   *
   * @param confidence such as 0.95
   */
  public boolean isBeyondChance(double confidence) {
    return adjustedPValue < 1 - confidence;
  }
}
