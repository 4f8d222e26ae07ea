package org.evenhand.audit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Model Bias by chance alone: what it would be if every group's accuracy were its class's pooled
 * accuracy.
 *
 * @param mean of the draws
 * @param high their 95 % quantile
 * @param pValue (1 + number of draws at least as large as observed) / (draws + 1)
 */
record NoiseFloor(double mean, double high, double pValue) {
  static final NoiseFloor UNKNOWN = new NoiseFloor(Double.NaN, Double.NaN, Double.NaN);

  /** Draws and the observed figure may differ by rounding where they are equal. */
  private static final double ROUNDING = 1e-12;

  /**
   * Draws the counts of correct decisions of every group; a fractional weight of rows is rounded to
   * a whole number of them, at least one.
   *
   * @param table counts without an empty group
   * @param observed Model Bias as measured
   * @param draws how many
   * @param seed of the draws
   */
  static NoiseFloor of(ConfusionTable table, double observed, int draws, long seed) {
    int classes = table.classes();
    int values = table.values();
    long[] sizes = new long[classes * values];
    BinomialSampler[] samplers = new BinomialSampler[sizes.length];
    for (int t = 0; t < classes; t++) {
      double rows = 0;
      double correct = 0;
      for (int b = 0; b < values; b++) {
        rows += table.rows(t, b);
        correct += table.count(t, b, t);
      }
      for (int b = 0; b < values; b++) {
        int group = t * values + b;
        sizes[group] = Math.max(1, Math.round(table.rows(t, b)));
        samplers[group] = new BinomialSampler(sizes[group], correct / rows);
      }
    }
    double[] drawn = draw(samplers, sizes, classes, values, draws, new SplittableRandom(seed));
    return summary(drawn, observed);
  }

  private static double[] draw(
      BinomialSampler[] samplers,
      long[] sizes,
      int classes,
      int values,
      int draws,
      RandomGenerator random) {
    double[] drawn = new double[draws];
    double[] members = new double[values];
    for (int i = 0; i < draws; i++) {
      double sum = 0;
      for (int t = 0; t < classes; t++) {
        for (int b = 0; b < values; b++) {
          int group = t * values + b;
          members[b] = samplers[group].draw(random) / (double) sizes[group];
        }
        sum += AbsoluteGaps.meanGap(members);
      }
      drawn[i] = sum / classes;
    }
    return drawn;
  }

  private static NoiseFloor summary(double[] drawn, double observed) {
    Arrays.sort(drawn);
    double sum = 0;
    int atLeast = 0;
    for (double bias : drawn) {
      sum += bias;
      atLeast += bias >= observed - ROUNDING ? 1 : 0;
    }
    int quantile = (int) Math.ceil(0.95 * drawn.length) - 1;
    return new NoiseFloor(
        sum / drawn.length, drawn[quantile], (1.0 + atLeast) / (drawn.length + 1));
  }
}
