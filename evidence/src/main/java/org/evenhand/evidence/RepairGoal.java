package org.evenhand.evidence;

/** What the repaired model's answers are like once the bias rule is removed. */
public enum RepairGoal {
  /** The paper's goal: every class is equally likely for every value of the attribute. */
  UNIFORM("uniform", "every class equally likely, whatever the attribute"),
  /** The attribute's part of the rule goes, the share of each class in the population stays. */
  KEEP_CLASS_PRIOR("keep-class-prior", "the classes' own shares stay, the attribute's part goes");

  private final String label;
  private final String meaning;

  RepairGoal(String label, String meaning) {
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
}
