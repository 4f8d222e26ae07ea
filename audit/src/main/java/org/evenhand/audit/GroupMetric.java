package org.evenhand.audit;

/** The figures of a group (t,b). */
public enum GroupMetric implements Metric {
  /** {@link GroupAccuracy#accuracy}. */
  ACCURACY;

  private static final Meaning MEANING =
      new Meaning(
          "group accuracy",
          Unit.PERCENT,
          Better.HIGHER,
          "Share of the rows of one true class and one value decided correctly.");

  @Override
  public Meaning meaning() {
    return MEANING;
  }

  /**
   * The figure with its interval.
   *
   * @param group the group
   */
  public Estimate of(GroupAccuracy group) {
    return group.accuracy();
  }
}
