package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Model Bias by chance alone: what it would be if every group's accuracy were its class's pooled
 * accuracy.
 *
 * @param mean of the draws, 0 to 1
 * @param high their 95 % quantile, 0 to 1
 * @param pValue (1 + number of draws at least as large as observed) / (draws + 1)
 */
public record NoiseFloor(double mean, double high, double pValue) {
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
  public static NoiseFloor of(ConfusionTable table, double observed, int draws, long seed) {
    return of(
        JudgedGroups.of(Counts.of(table).accuracies(), table.values(), 0), observed, draws, seed);
  }

  /**
   * The same of the groups that are judged.
   *
   * @param groups of classes that have at least two
   */
  static NoiseFloor of(JudgedGroups groups, double observed, int draws, long seed) {
    List<Null> classes = groups.accuracies().stream().map(Null::new).toList();
    SplittableRandom random = new SplittableRandom(seed);
    double[] drawn = new double[draws];
    for (int i = 0; i < draws; i++) {
      double sum = 0;
      for (Null ofClass : classes) {
        sum += ofClass.drawMeanGap(random);
      }
      drawn[i] = sum / classes.size();
    }
    return summary(drawn, observed);
  }

  /** The groups of one class, if all of them had its pooled accuracy. */
  private static final class Null {
    private final long[] sizes;
    private final BinomialSampler[] samplers;
    private final double[] members;

    Null(Proportion[] accuracies) {
      double rows = Arrays.stream(accuracies).mapToDouble(Proportion::n).sum();
      double correct = Arrays.stream(accuracies).mapToDouble(Proportion::hits).sum();
      sizes = Arrays.stream(accuracies).mapToLong(a -> Math.max(1, Math.round(a.n()))).toArray();
      samplers =
          Arrays.stream(sizes)
              .mapToObj(size -> new BinomialSampler(size, correct / rows))
              .toArray(BinomialSampler[]::new);
      members = new double[sizes.length];
    }

    double drawMeanGap(RandomGenerator random) {
      for (int b = 0; b < members.length; b++) {
        members[b] = samplers[b].draw(random) / (double) sizes[b];
      }
      return AbsoluteGaps.meanGap(members);
    }
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
