package org.evenhand.audit;

/** The figures of all rows together. */
public enum OverallMetric implements Metric {
  /** {@link AuditResult#overallAccuracy}. */
  OVERALL_ACCURACY;

  private static final Meaning ACCURACY =
      new Meaning(
          "overall accuracy",
          Unit.PERCENT,
          Better.HIGHER,
          "Share of all rows decided correctly; large groups dominate it.");

  @Override
  public Meaning meaning() {
    return ACCURACY;
  }

  /**
   * The figure with its interval.
   *
   * @param audit of these rows
   */
  public Estimate of(AuditResult audit) {
    return audit.overallAccuracy();
  }
}
