package org.evenhand.audit;

import java.util.Arrays;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/** The counts of one attribute's groups with what is needed to say how certain a share is. */
final class Counts {
  private final ConfusionTable weights;
  private final ConfusionTable squares;
  private final ConfusionTable rows;

  private Counts(ConfusionTable weights, ConfusionTable squares, ConfusionTable rows) {
    this.weights = weights;
    this.squares = squares;
    this.rows = rows;
  }

  /**
   * Counts rows.
   *
   * @param kind what the weights mean
   * @throws AuditException if the lengths differ
   */
  static Counts of(
      Target target, Attribute attribute, int[] decisions, double[] weights, WeightKind kind) {
    ConfusionTable table = ConfusionTable.of(target, attribute, decisions, weights);
    return kind == WeightKind.FREQUENCY
        ? of(table)
        : new Counts(
            table,
            ConfusionTable.of(
                target, attribute, decisions, Arrays.stream(weights).map(w -> w * w).toArray()),
            ConfusionTable.of(
                target, attribute, decisions, Arrays.stream(weights).map(Math::signum).toArray()));
  }

  /** Counts whose weights are frequencies. */
  static Counts of(ConfusionTable table) {
    return new Counts(table, table, table);
  }

  /** The weighted counts. */
  ConfusionTable table() {
    return weights;
  }

  /**
   * The rows of one cell.
   *
   * @param target t, in {@code [0, K)}
   * @param value b, in {@code [0, |B|)}
   * @param decision ŷ, in {@code [0, K)}
   */
  Tally cell(int target, int value, int decision) {
    return new Tally(
        weights.count(target, value, decision),
        squares.count(target, value, decision),
        rows.count(target, value, decision));
  }

  /** Which cells of the table are meant. */
  @FunctionalInterface
  interface Cells {
    boolean contain(int target, int value, int decision);
  }

  /** The rows of some cells. */
  Tally sum(Cells cells) {
    Tally sum = Tally.NONE;
    for (int t = 0; t < weights.classes(); t++) {
      for (int b = 0; b < weights.values(); b++) {
        for (int decision = 0; decision < weights.classes(); decision++) {
          if (cells.contain(t, b, decision)) {
            sum = sum.plus(cell(t, b, decision));
          }
        }
      }
    }
    return sum;
  }

  /** The rows decided correctly of every group, classes × values, row-major. */
  Proportion[] accuracies() {
    int values = weights.values();
    Proportion[] accuracies = new Proportion[weights.classes() * values];
    Arrays.setAll(accuracies, group -> accuracy(group / values, group % values));
    return accuracies;
  }

  private Proportion accuracy(int target, int value) {
    Tally misses = Tally.NONE;
    for (int decision = 0; decision < weights.classes(); decision++) {
      if (decision != target) {
        misses = misses.plus(cell(target, value, decision));
      }
    }
    return Tally.share(cell(target, value, target), misses);
  }
}
