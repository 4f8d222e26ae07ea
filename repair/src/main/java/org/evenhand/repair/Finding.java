package org.evenhand.repair;

/** What unseen rows say of an aim, one-sided, at 95 % confidence. */
public enum Finding {
  /** The repair does what it is for. */
  SHOWN,
  /** It may or may not. */
  OPEN,
  /** It does the opposite. */
  WORSE;

  /**
   * The finding about a change.
   *
   * @param change after less before
   * @param rises whether the figure is to rise
   */
  public static Finding of(PairedChange change, boolean rises) {
    double worst = rises ? change.low() : -change.high();
    double best = rises ? change.high() : -change.low();
    if (worst > 0) {
      return SHOWN;
    }
    return best < 0 ? WORSE : OPEN;
  }
}
