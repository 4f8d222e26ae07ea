package org.evenhand.audit;

/** What the evidence allows to say about one attribute. */
public enum Verdict {
  /** The lower bound of Model Bias is above the tolerance, and the adjusted p-value below 0.05. */
  BIASED,
  /** The upper bound of Model Bias is at or below the tolerance. */
  WITHIN_TOLERANCE,
  /** Neither, or a group is too small to judge. */
  INSUFFICIENT_EVIDENCE
}
