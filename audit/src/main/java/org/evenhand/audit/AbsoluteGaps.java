package org.evenhand.audit;

import java.util.Arrays;
import java.util.SplittableRandom;

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
 *       f(δ) is at most a function of the noise alone, whose quantile is drawn.
 * </ul>
 */
final class AbsoluteGaps {
  /** A gap of so many standard errors has a sign beyond doubt. */
  private static final double CLEAR = 3;

  private static final int DRAWS = 4_000;
  private static final int MIN_DRAWS = 1_000;
  private static final int PAIRS_AT_FULL_DRAWS = 5_000;

  private final int size;
  private final double[] weights;
  private final double[] values;
  private final double[] deviations;

  /**
   * Gaps to be averaged.
   *
   * @param weights of the strata, in any unit
   * @param size members of a stratum, at least two
   * @param values strata × size, row-major
   * @param variances of the values, strata × size, row-major
   */
  AbsoluteGaps(double[] weights, int size, double[] values, double[] variances) {
    double total = Arrays.stream(weights).sum();
    this.size = size;
    this.weights = Arrays.stream(weights).map(weight -> weight / total).toArray();
    this.values = values;
    this.deviations = Arrays.stream(variances).map(Math::sqrt).toArray();
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
      sum += weights[s] * meanGap(Arrays.copyOfRange(values, s * size, (s + 1) * size));
    }
    return sum;
  }

  /**
   * The mean gap with an interval of at least this confidence, within 0 and 1.
   *
   * @param confidence such as 0.95
   * @param seed of the noise's draws
   */
  Estimate.Known interval(double confidence, long seed) {
    double tail = (1 + confidence) / 2;
    double value = Math.min(1, value());
    double above = Normal.quantile(tail) * maximalDeviation();
    double below = noiseQuantile(tail, seed);
    return new Estimate.Known(
        value, Math.max(0, Math.min(value, value - below)), Math.min(1, value + above));
  }

  /** +1 or -1 where the first member is clearly larger or smaller than the second, else 0. */
  private int sign(int first, int second) {
    double gap = values[first] - values[second];
    return Math.abs(gap) > CLEAR * Math.hypot(deviations[first], deviations[second])
        ? (int) Math.signum(gap)
        : 0;
  }

  private double pairWeight(int stratum) {
    return weights[stratum] * 2 / ((double) size * (size - 1));
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
    double[] sorted = Arrays.copyOfRange(deviations, stratum * size, (stratum + 1) * size);
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
    double sum = 0;
    int from = stratum * size;
    for (int member = from; member < from + size; member++) {
      int below = 0;
      int above = 0;
      for (int other = from; other < from + size; other++) {
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

  /** Quantile of the noise functional that bounds f(d) - f(δ). */
  private double noiseQuantile(double tail, long seed) {
    int members = values.length;
    double[] linear = new double[members];
    int pairs = weights.length * size * (size - 1) / 2;
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    double[] pairWeights = new double[pairs];
    int unclear = 0;
    for (int s = 0; s < weights.length; s++) {
      for (int i = s * size; i < (s + 1) * size; i++) {
        for (int j = i + 1; j < (s + 1) * size; j++) {
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
        Math.max(MIN_DRAWS, (int) (DRAWS * Math.min(1, PAIRS_AT_FULL_DRAWS / (1.0 + unclear))));
    SplittableRandom random = new SplittableRandom(seed);
    double[] noise = new double[members];
    double[] bounds = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      for (int i = 0; i < members; i++) {
        noise[i] = deviations[i] == 0 ? 0 : deviations[i] * random.nextGaussian();
        sum += linear[i] * noise[i];
      }
      for (int pair = 0; pair < unclear; pair++) {
        sum += pairWeights[pair] * Math.abs(noise[first[pair]] - noise[second[pair]]);
      }
      bounds[draw] = sum;
    }
    Arrays.sort(bounds);
    return bounds[(int) Math.ceil(tail * draws) - 1];
  }
}
