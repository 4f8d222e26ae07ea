package org.evenhand.data;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.DecisionRule;

/**
 * What the rows of a large table are counted by.
 *
 * @param keys the columns whose values tell rows apart: target, attributes, predictions, split
 * @param scores a column of probabilities, of which nearly equal ones on the same side of a
 *     decision count as equal
 * @param weights a column of frequency weights, which are summed; if empty, every row counts once
 */
public record Counting(List<String> keys, Optional<Scores> scores, Optional<String> weights) {
  /** Copies the list. */
  public Counting {
    keys = List.copyOf(keys);
  }

  /**
   * A column of probabilities of the second of two classes.
   *
   * @param column its name
   * @param boundary the smallest probability that is decided as the second class; equal scores are
   *     never gathered across it, so that no decision changes
   */
  public record Scores(String column, double boundary) {
    /**
     * Scores that a rule turns into decisions.
     *
     * @param column its name
     * @param rule how probabilities become decisions
     */
    public static Scores decidedBy(String column, DecisionRule rule) {
      // Positive doubles are in the order of their bits, so that halving ends at neighbours.
      long below = Double.doubleToLongBits(0);
      long above = Double.doubleToLongBits(1);
      while (above - below > 1) {
        long middle = below + (above - below) / 2;
        if (decidedAsSecond(Double.longBitsToDouble(middle), rule)) {
          above = middle;
        } else {
          below = middle;
        }
      }
      return new Scores(column, Double.longBitsToDouble(above));
    }

    private static boolean decidedAsSecond(double p, DecisionRule rule) {
      return rule.decide(new double[] {Math.log(1 - p), Math.log(p)}, 2)[0] == 1;
    }
  }
}
