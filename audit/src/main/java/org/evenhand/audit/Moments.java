package org.evenhand.audit;

import org.evenhand.audit.Estimate.Known;

/**
 * A sample of scores, by what its mean and spread and their errors depend on.
 *
 * @param n rows
 * @param mean of the scores
 * @param second mean of the squared deviations from the mean
 * @param third mean of the third powers of the deviations
 * @param fourth mean of the fourth powers of the deviations
 */
record Moments(double n, double mean, double second, double third, double fourth) {

  /**
   * The moments of different scores.
   *
   * @param scores all different
   * @param some weights of a part of the rows with each score
   * @param others weights of the other part
   */
  static Moments of(double[] scores, double[] some, double[] others) {
    double n = 0;
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double weight = some[i] + others[i];
      n += weight;
      sum += weight * scores[i];
    }
    double mean = sum / n;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = 0; i < scores.length; i++) {
      double deviation = scores[i] - mean;
      double part = (some[i] + others[i]) * deviation * deviation;
      second += part;
      third += part * deviation;
      fourth += part * deviation * deviation;
    }
    return new Moments(n, mean, second / n, third / n, fourth / n);
  }

  /** The same moments of another number of rows. */
  Moments ofRows(double number) {
    return new Moments(number, mean, second, third, fourth);
  }

  /**
   * Whether the scores differ by more than rounding: 32-bit scores that differ at all do so by
   * about 1e-8.
   */
  boolean vary() {
    return second > 1e-20;
  }

  /** The unbiased variance; n must be above one. */
  double variance() {
    return second * n / (n - 1);
  }

  /**
   * The mean of one sample less that of another, each of two rows or more and not both without
   * spread, with Welch's interval (1947): Student's t with Satterthwaite's degrees of freedom,
   * because the two spreads may differ.
   *
   * @param confidence of the interval, such as 0.95
   */
  static Estimate difference(Moments own, Moments other, double confidence) {
    double value = own.mean - other.mean;
    double half =
        quantile(own, other, confidence)
            * Math.sqrt(own.variance() / own.n + other.variance() / other.n);
    return new Known(value, Math.max(-1, value - half), Math.min(1, value + half));
  }

  /**
   * Cohen's d: the same difference over the pooled standard deviation s, s² = (Σ(x-m)² of both)/(n₁
   * + n₀ - 2).
   *
   * <p>The variance of d is that of its influence function, whose form for a row of the first
   * sample is (x-m₁)/s - d/(2s²)·n₁/(n₁+n₀)·((x-m₁)²-v₁), and likewise with the first sign changed
   * for one of the second. With normal scores of equal spread it is 1/n₁ + 1/n₀ + d²/(2(n₁+n₀)) of
   * Hedges and Olkin (1985); unlike that it holds for skewed scores and unequal spreads too, which
   * bounded scores have.
   *
   * @param confidence of the interval, such as 0.95
   */
  static Estimate standardisedDifference(Moments own, Moments other, double confidence) {
    double rows = own.n + other.n;
    double pooled = (own.n * own.second + other.n * other.second) / (rows - 2);
    double d = (own.mean - other.mean) / Math.sqrt(pooled);
    double half =
        quantile(own, other, confidence)
            * Math.sqrt(own.influence(pooled, d, rows) + other.influence(pooled, -d, rows));
    return new Known(d, d - half, d + half);
  }

  /**
   * This sample's part in the variance of d; of the second sample d counts with its sign changed.
   */
  private double influence(double pooled, double d, double rows) {
    double slope = d * n / (2 * pooled * rows);
    double square =
        second / pooled
            - 2 * slope * third / Math.sqrt(pooled)
            + slope * slope * (fourth - second * second);
    return Math.max(0, square) / (n - 1);
  }

  private static double quantile(Moments own, Moments other, double confidence) {
    double mine = own.variance() / own.n;
    double others = other.variance() / other.n;
    double both = mine + others;
    double degrees = both * both / (mine * mine / (own.n - 1) + others * others / (other.n - 1));
    return StudentT.quantile((1 + confidence) / 2, degrees);
  }
}
