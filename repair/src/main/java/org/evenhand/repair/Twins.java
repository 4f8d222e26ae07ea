package org.evenhand.repair;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.Table;

/**
 * What rows of a task would be under another value of an attribute, their counterfactual twins, by
 * which a search judges counterfactual bias. No method is fitted to the twin of a row that it is
 * judged on.
 *
 * @param pairs every row in question, and its twin; one row may have several
 * @param rows which row of the task every pair is of
 * @param answers the deployed model's answers to the twins
 */
public record Twins(CounterfactualPairs pairs, int[] rows, Answers.Soft answers) {
  /**
   * @throws RepairException if the parts differ in length, or twins are other individuals
   */
  public Twins {
    if (rows.length != pairs.size() || answers.rows() != pairs.size()) {
      throw new RepairException(
          "There are %d pairs, but %d rows and %d answers; twins need one of each."
              .formatted(pairs.size(), rows.length, answers.rows()));
    }
    if (pairs.relation() != Relation.SAME_INDIVIDUAL) {
      throw new RepairException(
          "A search judges a row beside its own twin, but these pairs are of different people; flip the attribute instead.");
    }
  }

  /** The number of pairs. */
  public int size() {
    return rows.length;
  }

  /** The twins as the model reads them, one per pair. */
  public Table inputs() {
    return pairs.counterfactual().inputs();
  }

  /**
   * The pairs of some rows, ascending.
   *
   * @param some indices of rows of the task
   */
  public int[] of(int[] some) {
    boolean[] kept = new boolean[1 + Arrays.stream(rows).max().orElse(0)];
    for (int row : some) {
      if (row < kept.length) {
        kept[row] = true;
      }
    }
    return IntStream.range(0, rows.length).filter(pair -> kept[rows[pair]]).toArray();
  }

  /**
   * What answers to some twins give to the class that is true of them, 0 to 1, one per pair.
   *
   * @param some indices of pairs
   * @param given the answers to those twins, in that order
   */
  public double[] chances(int[] some, Answers.Soft given) {
    int[] targets = pairs.factual().target().codes();
    return chances(Arrays.stream(some).map(pair -> targets[pair]).toArray(), given, some.length);
  }

  /** The probability of one class per row. */
  static double[] chances(int[] targets, Answers.Soft given, int rows) {
    int classes = given.classes().size();
    double[] chances = new double[rows];
    Arrays.setAll(
        chances, i -> Math.min(1, Math.exp(given.logProbabilities()[i * classes + targets[i]])));
    return chances;
  }
}
