package org.evenhand.audit;

/**
 * A share that was counted: so many of so many rows, weighted.
 *
 * @param hits at most n
 * @param n above zero for a share to exist
 */
record Proportion(double hits, double n) {

  double value() {
    return hits / n;
  }

  /**
   * The share with Wilson's score interval, or the reason why there is none.
   *
   * @param z normal quantile of the interval's upper end
   * @param reasonIfEmpty one sentence for n = 0
   */
  Estimate estimate(double z, String reasonIfEmpty) {
    return n > 0 ? wilson(z) : new Estimate.Unknown(reasonIfEmpty);
  }

  /** The share with Wilson's score interval; n must be above zero. */
  Estimate.Known wilson(double z) {
    double p = value();
    double shrink = 1 + z * z / n;
    double centre = (p + z * z / (2 * n)) / shrink;
    double half = z / shrink * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    // A share of 0 or 1 is an end of its interval, which rounding may miss by a bit.
    return new Estimate.Known(
        p,
        hits == 0 ? 0 : Math.min(p, Math.max(0, centre - half)),
        hits == n ? 1 : Math.max(p, Math.min(1, centre + half)));
  }

  /**
   * Variance of the share with one hit and one miss added (Agresti and Caffo 2000), so that it
   * never vanishes and differences keep their coverage in small samples.
   */
  double adjustedVariance() {
    double adjusted = (hits + 1) / (n + 2);
    return adjusted * (1 - adjusted) / (n + 2);
  }
}
