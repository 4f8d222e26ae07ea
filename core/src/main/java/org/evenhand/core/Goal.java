package org.evenhand.core;

/** What a repaired model's answers aim at. */
public enum Goal {
  /**
   * The paper's: p(y|b) uniform, neither class prior nor bias rule is left (Rule Eraser equation
   * 2).
   */
  UNIFORM("uniform", "every class equally likely, whatever the attribute"),
  /** p(y|b) the same for all b: the bias-free rule log q̄, the mean over b, is added back. */
  KEEP_CLASS_PRIOR("keep-class-prior", "the classes' own shares stay, the attribute's part goes");

  private final String label;
  private final String meaning;

  Goal(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** The name on the command line and in machine output. */
  public String label() {
    return label;
  }

  /** What the goal means, in a few plain words. */
  public String meaning() {
    return meaning;
  }

  /** The goal that was not chosen. */
  public Goal other() {
    return this == UNIFORM ? KEEP_CLASS_PRIOR : UNIFORM;
  }
}
