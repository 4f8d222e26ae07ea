package org.evenhand.audit;

import java.util.List;

/**
 * How much is known of an attribute.
 *
 * @param known rows that count in its groups, weighted
 * @param unknown rows whose value nobody knows, weighted; they count in overall accuracy alone
 * @param byProbability whether known rows are spread over groups by probabilities
 * @param elsewhere values that no audited row has, only other rows of the same data, such as those
 *     of another split; nothing can be said of them
 */
public record Coverage(
    double known, double unknown, boolean byProbability, List<String> elsewhere) {
  /** Copies the list. */
  public Coverage {
    elsewhere = List.copyOf(elsewhere);
  }

  /**
   * An attribute whose value is known of every row.
   *
   * @param rows how many, weighted
   */
  public static Coverage all(double rows) {
    return new Coverage(rows, 0, false, List.of());
  }
}
