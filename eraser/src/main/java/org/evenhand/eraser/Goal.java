package org.evenhand.eraser;

/** What the corrected answers aim at. */
public enum Goal {
  /**
   * The paper's: p(y|b) uniform, so that neither class prior nor bias rule is left (Rule Eraser
   * equation 2).
   */
  UNIFORM("uniform"),
  /** p(y|b) the same for all b: the bias-free rule log q̄ is added back (spec 2.9). */
  KEEP_CLASS_PRIOR("keep-class-prior");

  private final String label;

  Goal(String label) {
    this.label = label;
  }

  /** The name on the command line and in the evidence. */
  public String label() {
    return label;
  }
}
