package org.evenhand.audit;

import java.util.Arrays;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The counts of one attribute's groups with what is needed to say how certain a share of them is.
 *
 * <p>With frequency weights a share is known as well as that of so many rows. With sampling weights
 * w the weighted share p = Σwy/Σw has the linearised variance Σw²(y − p)²/(Σw)², which is made of
 * counts of w² alone; it is the variance of a share of n = p(1 − p)/variance equal rows (Korn and
 * Graubard 1998), at most as many as there are. So it stands for p·n hits of n wherever an interval
 * or a test wants counts.
 */
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
    if (kind == WeightKind.FREQUENCY) {
      return of(table);
    }
    double[] squares = Arrays.stream(weights).map(weight -> weight * weight).toArray();
    double[] ones = Arrays.stream(weights).map(weight -> weight > 0 ? 1 : 0).toArray();
    return new Counts(
        table,
        ConfusionTable.of(target, attribute, decisions, squares),
        ConfusionTable.of(target, attribute, decisions, ones));
  }

  /** Counts whose weights are frequencies. */
  static Counts of(ConfusionTable table) {
    return new Counts(table, table, table);
  }

  /** The weighted counts. */
  ConfusionTable table() {
    return weights;
  }

  /** How many rows were counted: with frequency weights, how many they stand for. */
  double size() {
    double sum = 0;
    for (int t = 0; t < rows.classes(); t++) {
      for (int b = 0; b < rows.values(); b++) {
        sum += rows.rows(t, b);
      }
    }
    return sum;
  }

  /** Which cells of the table are meant. */
  @FunctionalInterface
  interface Cells {
    boolean contain(int target, int value, int decision);
  }

  /** The rows decided correctly of every group, classes × values, row-major. */
  Proportion[] accuracies() {
    int values = weights.values();
    Proportion[] accuracies = new Proportion[weights.classes() * values];
    Arrays.setAll(accuracies, group -> accuracy(group / values, group % values));
    return accuracies;
  }

  private Proportion accuracy(int target, int value) {
    return share(
        (t, b, decision) -> t == target && b == value, (t, b, decision) -> decision == target);
  }

  /**
   * The share of some cells' rows that lie in others of them.
   *
   * @param all the cells of the rows
   * @param hits which of these count as hits
   */
  Proportion share(Cells all, Cells hits) {
    double hitWeight = 0;
    double hitSquares = 0;
    double missWeight = 0;
    double missSquares = 0;
    double number = 0;
    for (int t = 0; t < weights.classes(); t++) {
      for (int b = 0; b < weights.values(); b++) {
        for (int decision = 0; decision < weights.classes(); decision++) {
          if (all.contain(t, b, decision)) {
            number += rows.count(t, b, decision);
            if (hits.contain(t, b, decision)) {
              hitWeight += weights.count(t, b, decision);
              hitSquares += squares.count(t, b, decision);
            } else {
              missWeight += weights.count(t, b, decision);
              missSquares += squares.count(t, b, decision);
            }
          }
        }
      }
    }
    double total = hitWeight + missWeight;
    return weights == squares
        ? new Proportion(hitWeight, total)
        : sampled(hitWeight / total, total, hitSquares, missSquares, number);
  }

  private static Proportion sampled(
      double p, double total, double hitSquares, double missSquares, double number) {
    if (total == 0) {
      return new Proportion(0, 0);
    }
    // Where all rows are alike the variance is 0 and says nothing; then Kish's number is used.
    double effective =
        p > 0 && p < 1
            ? p * (1 - p) * total * total / ((1 - p) * (1 - p) * hitSquares + p * p * missSquares)
            : total * total / (hitSquares + missSquares);
    double n = Math.min(number, effective);
    return new Proportion(p * n, n);
  }
}
