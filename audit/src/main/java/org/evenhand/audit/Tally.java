package org.evenhand.audit;

import java.util.Arrays;

/**
 * Some rows by what the certainty of a share of them depends on.
 *
 * @param weight Σw over the rows
 * @param square Σw² over the rows with sampling weights w; the same as the weight with frequency
 *     weights, of which a row of weight 2 is two rows
 * @param rows how many there are; the same as the weight with frequency weights
 */
record Tally(double weight, double square, double rows) {
  static final Tally NONE = new Tally(0, 0, 0);

  /** Rows whose weights are frequencies. */
  static Tally ofFrequency(double weight) {
    return new Tally(weight, weight, weight);
  }

  /**
   * One row.
   *
   * @param weight of it
   * @param kind what that means
   */
  static Tally of(double weight, WeightKind kind) {
    return kind == WeightKind.FREQUENCY
        ? ofFrequency(weight)
        : new Tally(weight, weight * weight, Math.signum(weight));
  }

  /** So many empty ones, to add to. */
  static Tally[] none(int size) {
    Tally[] none = new Tally[size];
    Arrays.fill(none, NONE);
    return none;
  }

  /** A part of these rows, each by the same share. */
  Tally part(double share) {
    return new Tally(share * weight, share * square, share * rows);
  }

  /** What is left without some of these rows. */
  Tally less(Tally some) {
    return new Tally(
        Math.max(0, weight - some.weight),
        Math.max(0, square - some.square),
        Math.max(0, rows - some.rows));
  }

  Tally plus(Tally other) {
    return new Tally(weight + other.weight, square + other.square, rows + other.rows);
  }

  /**
   * The share of hits among hits and misses, as that of so many equal rows.
   *
   * <p>The weighted share p = Σwy/Σw has the linearised variance Σw²(y − p)²/(Σw)², which is that
   * of a share of n = p(1 − p)/variance equal rows (Korn and Graubard 1998), at most as many as
   * there are. Where all outcomes are alike that variance is 0 and says nothing; then n is Kish's
   * number (Σw)²/Σw². Of frequency weights n is their sum.
   */
  static Proportion share(Tally hits, Tally misses) {
    double total = hits.weight + misses.weight;
    if (total == 0) {
      return new Proportion(0, 0);
    }
    if (hits.square == hits.weight && misses.square == misses.weight) {
      return new Proportion(hits.weight, total);
    }
    double p = hits.weight / total;
    double effective =
        p > 0 && p < 1
            ? p
                * (1 - p)
                * total
                * total
                / ((1 - p) * (1 - p) * hits.square + p * p * misses.square)
            : total * total / (hits.square + misses.square);
    double n = Math.min(hits.rows + misses.rows, effective);
    return new Proportion(Math.min(p * n, n), n);
  }
}
