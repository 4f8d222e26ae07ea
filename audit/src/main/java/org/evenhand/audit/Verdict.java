package org.evenhand.audit;

/** What the evidence allows to say about one attribute. */
public enum Verdict {
  /**
   * The lower bound of the bias is above the tolerance, and of Model Bias the adjusted p-value
   * below 0.05.
   */
  BIASED,
  /** The upper bound of the bias is at or below the tolerance. */
  WITHIN_TOLERANCE,
  /** Neither, or a group is too small to judge. */
  INSUFFICIENT_EVIDENCE
}
