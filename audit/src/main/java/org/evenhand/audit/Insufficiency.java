package org.evenhand.audit;

import java.util.Locale;

/** Why evidence allows no verdict. */
public enum Insufficiency {
  /** The classifier decides one class in at least 99 % of rows, so equal groups say nothing. */
  CONSTANT,
  /** No class has two values with enough rows, so nothing could be compared. */
  UNMEASURED,
  /** An interval reaches to both sides of its tolerance. */
  OPEN,
  /** All that was judged is within tolerance, but some group has too few rows to be judged. */
  NOT_JUDGED,
  /** Nobody knows the true classes, so nothing says whether decisions are right. */
  NO_OUTCOMES;

  /** The reason as programs read it, such as {@code not_judged}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
