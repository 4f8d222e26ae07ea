package org.evenhand.audit;

/**
 * How much is known of an attribute.
 *
 * @param known rows that count in its groups, weighted
 * @param unknown rows whose value nobody knows, weighted; they count in overall accuracy alone
 * @param byProbability whether known rows are spread over groups by probabilities
 */
public record Coverage(double known, double unknown, boolean byProbability) {
  /**
   * An attribute whose value is known of every row.
   *
   * @param rows how many, weighted
   */
  public static Coverage all(double rows) {
    return new Coverage(rows, 0, false);
  }
}
