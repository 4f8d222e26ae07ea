package org.evenhand.audit;

/** What the evidence allows to say about one attribute. */
public enum Verdict {
  /**
   * The lower bound of the bias is above its tolerance; of decisions, that of Model Bias or that of
   * the largest gap, and the p-value adjusted for the number of attributes says so too.
   */
  BIASED,
  /**
   * The upper bound of the bias is at or below its tolerance; of decisions, those of Model Bias and
   * of the largest gap, and every group has enough rows.
   */
  WITHIN_TOLERANCE,
  /** Neither; {@link Insufficiency} says why. */
  INSUFFICIENT_EVIDENCE
}
