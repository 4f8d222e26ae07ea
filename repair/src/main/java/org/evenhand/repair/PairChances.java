package org.evenhand.repair;

import java.util.Arrays;
import org.evenhand.core.Answers;

/**
 * What a repair gives to the true class of every pair of a row and its twin, by answers that were
 * not fitted on that row.
 *
 * @param factual probability of the true class for the row as it is, 0 to 1, one per pair
 * @param counterfactual the same for its twin
 */
public record PairChances(double[] factual, double[] counterfactual) {
  /**
   * @throws RepairException if there are not as many of both
   */
  public PairChances {
    if (factual.length != counterfactual.length) {
      throw new RepairException(
          "There are %d chances of rows and %d of their twins; a pair has one of each."
              .formatted(factual.length, counterfactual.length));
    }
  }

  /**
   * Of what is known for every row and for every twin.
   *
   * @param twins of the task
   * @param ofRows probability of the true class, one per row of the task
   * @param ofTwins the same, one per pair
   */
  public static PairChances of(Twins twins, double[] ofRows, double[] ofTwins) {
    return new PairChances(
        Arrays.stream(twins.rows()).mapToDouble(row -> ofRows[row]).toArray(), ofTwins);
  }

  /** What the deployed model gives. */
  static PairChances deployed(Twins twins, RepairTask task) {
    Answers.Soft answers = task.scores();
    return of(
        twins,
        Twins.chances(task.rows().target().codes(), answers, answers.rows()),
        Twins.chances(twins.pairs().factual().target().codes(), twins.answers(), twins.size()));
  }

  /** These, and of some pairs what others give. */
  PairChances with(int[] some, PairChances others) {
    PairChances both = new PairChances(factual.clone(), counterfactual.clone());
    for (int pair : some) {
      both.factual[pair] = others.factual[pair];
      both.counterfactual[pair] = others.counterfactual[pair];
    }
    return both;
  }
}
