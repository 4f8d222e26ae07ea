package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A weighted mean over strata of the mean absolute gap between the members' values, with an
 * interval that holds even when all true gaps are zero. Model Bias is one (strata are classes,
 * members are groups), calibration error another (strata are bins, members are outcome and score).
 *
 * <p>Let d be the measured values, δ the true ones, e = d - δ the noise, independent between
 * members, and f this mean of gaps. A percentile bootstrap of f fails near zero because noise makes
 * every gap larger. Two inequalities bound f(δ) instead, neither of which needs to know δ:
 *
 * <ul>
 *   <li>f is convex, so f(δ) ≤ f(d) - s·e for any subgradient s at δ. What s multiplies a member by
 *       depends on its rank alone, so the variance of s·e is at most that of the ranking that gives
 *       the noisiest members the largest factors.
 *   <li>|d| - |δ| ≤ |e| for every gap, and = ±e for a gap whose sign is beyond doubt. So f(d) -
 *       f(δ) is at most a function of the noise alone, whose distribution is drawn.
 * </ul>
 */
final class AbsoluteGaps {
  /** A gap of so many standard errors has a sign beyond doubt. */
  private static final double CLEAR = 3;

  private static final int DRAWS = 4_000;
  private static final int MIN_DRAWS = 1_000;
  private static final int PAIRS_AT_FULL_DRAWS = 5_000;

  private final double[] weights;

  /** The members of stratum s are those from starts[s] to starts[s + 1]. */
  private final int[] starts;

  private final double[] values;
  private final double[] deviations;
  private final Noise[] noises;

  /** How a measured value may differ from the true one. */
  @FunctionalInterface
  private interface Noise {
    double draw(RandomGenerator random);
  }

  private AbsoluteGaps(
      double[] weights, int[] starts, double[] values, double[] deviations, Noise[] noises) {
    double total = Arrays.stream(weights).sum();
    this.weights = Arrays.stream(weights).map(weight -> weight / total).toArray();
    this.starts = starts;
    this.values = values;
    this.deviations = deviations;
    this.noises = noises;
  }

  /**
   * Gaps between values with normal noise.
   *
   * @param weights of the strata, in any unit
   * @param size members of every stratum, at least two
   * @param values strata × size, row-major
   * @param variances of the values, strata × size, row-major
   */
  AbsoluteGaps(double[] weights, int size, double[] values, double[] variances) {
    this(
        weights,
        starts(Arrays.stream(weights).mapToInt(weight -> size).toArray()),
        values,
        Arrays.stream(variances).map(Math::sqrt).toArray(),
        Arrays.stream(variances).mapToObj(AbsoluteGaps::normal).toArray(Noise[]::new));
  }

  /**
   * Gaps between shares within strata of equal weight. What the true share may be is drawn from its
   * Jeffreys distribution, Beta(hits + ½, misses + ½), whose tails are right for few rows and near
   * 0 and 1, where those of a normal distribution are up to ten times too light.
   *
   * @param strata at least one, each of at least two shares
   */
  static AbsoluteGaps ofShares(List<Proportion[]> strata) {
    double[] ones = new double[strata.size()];
    Arrays.fill(ones, 1);
    Proportion[] shares = strata.stream().flatMap(Stream::of).toArray(Proportion[]::new);
    return new AbsoluteGaps(
        ones,
        starts(strata.stream().mapToInt(stratum -> stratum.length).toArray()),
        Arrays.stream(shares).mapToDouble(Proportion::value).toArray(),
        Arrays.stream(shares).mapToDouble(share -> Math.sqrt(share.adjustedVariance())).toArray(),
        Arrays.stream(shares).map(AbsoluteGaps::jeffreys).toArray(Noise[]::new));
  }

  private static int[] starts(int[] sizes) {
    int[] starts = new int[sizes.length + 1];
    for (int s = 0; s < sizes.length; s++) {
      starts[s + 1] = starts[s] + sizes[s];
    }
    return starts;
  }

  private static Noise normal(double variance) {
    double deviation = Math.sqrt(variance);
    return variance == 0 ? random -> 0 : random -> deviation * random.nextGaussian();
  }

  private static Noise jeffreys(Proportion share) {
    BetaSampler sampler = new BetaSampler(share.hits() + 0.5, share.n() - share.hits() + 0.5);
    double value = share.value();
    return random -> value - sampler.draw(random);
  }

  /**
   * Mean absolute gap over the pairs of some values, which are sorted in place: of values in
   * ascending order, the one at rank r (from 0) is the larger of r pairs and the smaller of the
   * rest.
   */
  static double meanGap(double[] members) {
    int size = members.length;
    Arrays.sort(members);
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += (2 * rank + 1 - size) * members[rank];
    }
    // Rounding must not make the gap of equal values negative.
    return Math.max(0, 2 * sum / ((double) size * (size - 1)));
  }

  double value() {
    double sum = 0;
    for (int s = 0; s < weights.length; s++) {
      sum += weights[s] * meanGap(Arrays.copyOfRange(values, starts[s], starts[s + 1]));
    }
    return Math.min(1, sum);
  }

  /**
   * The mean gap with an interval of at least this confidence, within 0 and 1.
   *
   * @param confidence such as 0.95
   * @param seed of the noise's draws
   */
  Estimate.Known interval(double confidence, long seed) {
    return bounds(DRAWS, seed).interval(confidence);
  }

  /**
   * What can be said of the true mean gap.
   *
   * @param draws of the noise, of which fewer are made where there are very many pairs
   * @param seed of the draws
   */
  Bounds bounds(int draws, long seed) {
    return new Bounds(value(), maximalDeviation(), drawnNoise(draws, seed));
  }

  /**
   * Bounds of the true mean gap.
   *
   * @param value the measured mean gap
   * @param deviation at most that of the error that makes the measured mean too small
   * @param noise draws of an error that makes the measured mean too large, ascending
   */
  record Bounds(double value, double deviation, double[] noise) {

    /** The mean gap with an interval of at least this confidence, within 0 and 1. */
    Estimate.Known interval(double confidence) {
      double tail = (1 - confidence) / 2;
      double above = Normal.quantile(1 - tail) * deviation;
      // As many draws lie at or above this one as keep the p-value of what is below it at the tail.
      int fromTop = Math.max(1, (int) Math.ceil(tail * (noise.length + 1) - 1e-9) - 1);
      double below = noise[noise.length - fromTop];
      return new Estimate.Known(
          value, Math.max(0, Math.min(value, value - below)), Math.min(1, value + above));
    }

    /**
     * One-sided p-value of the hypothesis that the true mean gap is at most this: (1 + number of
     * draws at least as large as the excess)/(draws + 1).
     */
    double pValue(double atMost) {
      double excess = value - atMost;
      int below = 0;
      int above = noise.length;
      while (below < above) {
        int middle = (below + above) >>> 1;
        if (noise[middle] < excess) {
          below = middle + 1;
        } else {
          above = middle;
        }
      }
      return (1.0 + noise.length - below) / (noise.length + 1);
    }
  }

  /** +1 or -1 where the first member is clearly larger or smaller than the second, else 0. */
  private int sign(int first, int second) {
    double gap = values[first] - values[second];
    return Math.abs(gap) > CLEAR * Math.hypot(deviations[first], deviations[second])
        ? (int) Math.signum(gap)
        : 0;
  }

  private int size(int stratum) {
    return starts[stratum + 1] - starts[stratum];
  }

  private double pairWeight(int stratum) {
    return weights[stratum] * 2 / ((double) size(stratum) * (size(stratum) - 1));
  }

  /** Standard deviation of s·e for the noisiest subgradient s that the clear gaps allow. */
  private double maximalDeviation() {
    double variance = 0;
    for (int s = 0; s < weights.length; s++) {
      double w = pairWeight(s);
      variance += w * w * Math.min(anyRanking(s), possibleRanks(s));
    }
    return Math.sqrt(variance);
  }

  private double anyRanking(int stratum) {
    int size = size(stratum);
    double[] sorted = Arrays.copyOfRange(deviations, starts[stratum], starts[stratum + 1]);
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      // The largest factors, of the first and of the last rank, go to the two noisiest members.
      double noise = sorted[size - 1 - i] * (size - 1 - 2 * (i / 2));
      sum += noise * noise;
    }
    return sum;
  }

  private double possibleRanks(int stratum) {
    int size = size(stratum);
    double sum = 0;
    for (int member = starts[stratum]; member < starts[stratum + 1]; member++) {
      int below = 0;
      int above = 0;
      for (int other = starts[stratum]; other < starts[stratum + 1]; other++) {
        int sign = sign(member, other);
        below += sign > 0 ? 1 : 0;
        above += sign < 0 ? 1 : 0;
      }
      double lowest = Math.abs(2 * below + 1 - size);
      double highest = Math.abs(size - 1 - 2 * above);
      double noise = deviations[member] * Math.max(lowest, highest);
      sum += noise * noise;
    }
    return sum;
  }

  /** Draws of the noise functional that bounds f(d) - f(δ), ascending. */
  private double[] drawnNoise(int requested, long seed) {
    int members = values.length;
    double[] linear = new double[members];
    int pairs = 0;
    for (int s = 0; s < weights.length; s++) {
      pairs += size(s) * (size(s) - 1) / 2;
    }
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    double[] pairWeights = new double[pairs];
    int unclear = 0;
    for (int s = 0; s < weights.length; s++) {
      for (int i = starts[s]; i < starts[s + 1]; i++) {
        for (int j = i + 1; j < starts[s + 1]; j++) {
          int sign = sign(i, j);
          linear[i] += sign * pairWeight(s);
          linear[j] -= sign * pairWeight(s);
          if (sign == 0) {
            first[unclear] = i;
            second[unclear] = j;
            pairWeights[unclear++] = pairWeight(s);
          }
        }
      }
    }
    // Many values make many pairs, and the mean of many pairs needs fewer draws.
    int draws =
        Math.max(
            Math.min(MIN_DRAWS, requested),
            (int) (requested * Math.min(1, PAIRS_AT_FULL_DRAWS / (1.0 + unclear))));
    SplittableRandom random = new SplittableRandom(seed);
    double[] noise = new double[members];
    double[] bounds = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      for (int i = 0; i < members; i++) {
        noise[i] = noises[i].draw(random);
        sum += linear[i] * noise[i];
      }
      for (int pair = 0; pair < unclear; pair++) {
        sum += pairWeights[pair] * Math.abs(noise[first[pair]] - noise[second[pair]]);
      }
      bounds[draw] = sum;
    }
    Arrays.sort(bounds);
    return bounds;
  }
}
