package org.evenhand.repair;

import java.util.Set;

/**
 * What a method of repair is, before it has seen any rows.
 *
 * @param code the name on the command line and in machine output: lower case, with hyphens
 * @param title what it does, in a few words
 * @param source where it is published, or where in the documentation it is derived
 * @param stage what it changes
 * @param needs what it cannot work without, beside labelled rows with the attribute
 * @param chance whether its decisions, as published, are drawn at random; what is proposed here
 *     then is the nearest rule without chance
 */
public record Method(
    String code, String title, String source, Stage stage, Set<Need> needs, boolean chance) {
  /** What a method changes. */
  public enum Stage {
    /** The answers, on their way out. */
    ANSWERS,
    /** The numbers of the model's last layer. */
    HEAD,
    /** The whole model. */
    MODEL
  }

  /** What a method may need. */
  public enum Need {
    /** Probabilities or logits, not labels alone. */
    SCORES,
    /** The columns that the model reads, when it serves too. */
    INPUTS,
    /** A model that shows its last layer. */
    WEIGHTS,
    /** Counterfactual pairs. */
    PAIRS,
    /** The protected attribute, when it serves too. */
    ATTRIBUTE_WHEN_SERVED
  }

  /** Copies the needs. */
  public Method {
    needs = Set.copyOf(needs);
  }

  /**
   * A method that decides without chance.
   *
   * @param code the name on the command line and in machine output
   * @param title what it does, in a few words
   * @param source where it is published or derived
   * @param stage what it changes
   * @param needs what it cannot work without
   */
  public Method(String code, String title, String source, Stage stage, Set<Need> needs) {
    this(code, title, source, stage, needs, false);
  }

  /** How close to the model and to the people it must come. */
  public Access access() {
    if (needs.contains(Need.ATTRIBUTE_WHEN_SERVED)) {
      return Access.ATTRIBUTE;
    }
    return needs.contains(Need.WEIGHTS) ? Access.WEIGHTS : Access.INPUTS;
  }
}
