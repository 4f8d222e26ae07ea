package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.HeadedClassifier;

/**
 * Counterfactual pairs as a head sees them: row i of one is the counterpart of row i of the other.
 *
 * @param factual the rows as they are; their weights are the pairs' weights
 * @param counterfactual their counterparts
 * @param from the attribute value of every factual row
 * @param to the attribute value of every counterpart
 * @param relation whether counterparts are the same individuals
 */
public record PairRows(
    HeadRows factual, HeadRows counterfactual, int[] from, int[] to, Relation relation) {
  /**
   * @throws UnlearningException if there is no pair, or the parts differ in length
   */
  public PairRows {
    int size = factual.rows();
    if (size == 0
        || counterfactual.rows() != size
        || counterfactual.width() != factual.width()
        || from.length != size
        || to.length != size) {
      throw new UnlearningException(
          "Pairs need as many factual rows as counterparts, at least one, and of the same width.");
    }
  }

  /**
   * Pairs of the same individuals.
   *
   * @param factual the rows as they are
   * @param counterfactual their counterparts
   * @param from the attribute value of every factual row
   * @param to the attribute value of every counterpart
   */
  public PairRows(HeadRows factual, HeadRows counterfactual, int[] from, int[] to) {
    this(factual, counterfactual, from, to, Relation.SAME_INDIVIDUAL);
  }

  /**
   * Pairs as the model's head sees them.
   *
   * @param model asked for the features of both members
   * @param pairs the pairs
   */
  public static PairRows of(HeadedClassifier model, CounterfactualPairs pairs) {
    HeadRows factual = HeadRows.of(model, pairs.factual());
    return new PairRows(
        factual,
        HeadRows.of(model, pairs.counterfactual()).weighted(factual.weights()),
        pairs.factualAttribute().codes(),
        pairs.counterfactualAttribute().codes(),
        pairs.relation());
  }

  /** m, the number of pairs. */
  public int size() {
    return factual.rows();
  }

  /** The total weight of the pairs. */
  public double weight() {
    return factual.weight();
  }

  /**
   * The given pairs, in the given order.
   *
   * @param pairs indices of pairs
   */
  public PairRows select(int[] pairs) {
    int[] selectedFrom = new int[pairs.length];
    int[] selectedTo = new int[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      selectedFrom[i] = from[pairs[i]];
      selectedTo[i] = to[pairs[i]];
    }
    return new PairRows(
        factual.select(pairs), counterfactual.select(pairs), selectedFrom, selectedTo, relation);
  }

  /**
   * These pairs and those of another attribute: both biases then fall together. Every attribute
   * keeps the numbers of its values, moved so that they do not meet.
   *
   * @param others of the same width and relation
   */
  public PairRows and(PairRows others) {
    int offset = 1 + IntStream.concat(Arrays.stream(from), Arrays.stream(to)).max().orElse(0);
    return new PairRows(
        factual.and(others.factual),
        counterfactual.and(others.counterfactual),
        IntStream.concat(Arrays.stream(from), Arrays.stream(others.from).map(code -> code + offset))
            .toArray(),
        IntStream.concat(Arrays.stream(to), Arrays.stream(others.to).map(code -> code + offset))
            .toArray(),
        relation);
  }

  /** Both members of all pairs: the factual rows, then their counterparts. */
  HeadRows members() {
    return factual.and(counterfactual);
  }

  /** The attribute value of every one of the {@link #members}. */
  int[] memberValues() {
    return IntStream.concat(Arrays.stream(from), Arrays.stream(to)).toArray();
  }
}
