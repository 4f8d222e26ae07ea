package org.evenhand.audit;

import java.util.Optional;

/**
 * The largest gap in accuracy between two judged values of an attribute within one class.
 *
 * @param estimate the gap, 0 to 1, with an interval that holds although the pair was picked among
 *     all after looking; unknown where no class has two judged values
 * @param between where the largest gap was measured; empty if it is unknown
 */
public record LargestGap(Estimate estimate, Optional<Between> between) {

  /**
   * Two values in one class.
   *
   * @param target the class's name
   * @param higher the value whose rows are decided correctly more often
   * @param lower the other one
   */
  public record Between(String target, String higher, String lower) {}
}
