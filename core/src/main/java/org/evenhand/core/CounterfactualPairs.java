package org.evenhand.core;

/**
 * Rows in two versions that differ in a protected attribute and agree in the target: what
 * counterfactual bias is measured on and unlearned from (the external set D_ex of Fast Model
 * Debias).
 *
 * @param attribute the name of the attribute that differs
 * @param factual the rows as they are
 * @param counterfactual row i is the counterpart of factual row i; its weights are not used
 * @param relation who the counterparts are
 */
public record CounterfactualPairs(
    String attribute, LabelledSet factual, LabelledSet counterfactual, Relation relation) {
  /** Who a counterpart is. */
  public enum Relation {
    /** The same individual, had the attribute been another. */
    SAME_INDIVIDUAL,
    /**
     * Another individual of the same target and another attribute value: differences between two
     * members mix the attribute with the persons, so only their mean says something.
     */
    OTHER_INDIVIDUAL
  }

  /**
   * @throws CoreException if there is no pair, the sets differ in length, classes or the
   *     attribute's values, a value is not known, or a pair differs in its target or does not
   *     differ in the attribute
   */
  public CounterfactualPairs {
    if (factual.rows() == 0 || factual.rows() != counterfactual.rows()) {
      throw new CoreException(
          "There are %d factual and %d counterfactual rows; pairs need as many of both, and at least one."
              .formatted(factual.rows(), counterfactual.rows()));
    }
    Attribute from = factual.attribute(attribute);
    Attribute to = counterfactual.attribute(attribute);
    if (!from.values().equals(to.values())
        || !factual.target().classes().equals(counterfactual.target().classes())) {
      throw new CoreException(
          "Both members of the pairs need the same classes and the same values of '%s', in the same order."
              .formatted(attribute));
    }
    if (!from.certain() || !to.certain()) {
      throw new CoreException(
          "Both members of a pair need a known value of '%s', but it is unknown for some, or known by probabilities only."
              .formatted(attribute));
    }
    for (int pair = 0; pair < factual.rows(); pair++) {
      requireSameTarget(pair, factual.target(), counterfactual.target());
      if (from.codes()[pair] == to.codes()[pair]) {
        throw new CoreException(
            "The members of pair %d do not differ: both have '%s' = '%s'."
                .formatted(pair + 1, attribute, from.values().get(from.codes()[pair])));
      }
    }
  }

  private static void requireSameTarget(int pair, Target factual, Target counterfactual) {
    int one = factual.codes()[pair];
    int other = counterfactual.codes()[pair];
    if (one != other) {
      throw new CoreException(
          "The members of pair %d differ in the target '%s': '%s' and '%s'; a pair shares its target."
              .formatted(
                  pair + 1,
                  factual.name(),
                  factual.classes().names().get(one),
                  factual.classes().names().get(other)));
    }
  }

  /** m, the number of pairs. */
  public int size() {
    return factual.rows();
  }

  /** The classes that both members share. */
  public Classes classes() {
    return factual.target().classes();
  }

  /** The attribute of the factual rows. */
  public Attribute factualAttribute() {
    return factual.attribute(attribute);
  }

  /** The attribute of the counterfactual rows. */
  public Attribute counterfactualAttribute() {
    return counterfactual.attribute(attribute);
  }

  /**
   * The given pairs, in the given order.
   *
   * @param pairs indices of pairs
   */
  public CounterfactualPairs select(int[] pairs) {
    return new CounterfactualPairs(
        attribute, factual.select(pairs), counterfactual.select(pairs), relation);
  }

  /** The total weight of the pairs. */
  public double weight() {
    return factual.weight();
  }
}
