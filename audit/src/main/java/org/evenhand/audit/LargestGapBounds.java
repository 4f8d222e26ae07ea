package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;

/**
 * The largest gap between two shares of one stratum, G, with bounds that hold although the pair was
 * picked among many after looking.
 *
 * <p><b>From below.</b> Let z(g) be the largest {@link PairTest} statistic of all pairs against the
 * hypothesis that no gap exceeds g. It is as large by chance with a probability of at most the sum
 * over pairs. The true shares that make this sum largest lie at the ends of an interval of length g
 * (the probability that all noise stays within a convex set is log-concave in where the shares lie,
 * so that it is least at a corner). Of B shares, at most ⌊B²/4⌋ pairs then lie g apart, and each of
 * these has Φ̄(z) + Φ̄(z + 2a), with a the gap g in standard errors; every other pair lies 0 apart
 * and has 2Φ̄(z + a), which is less. For two shares this is the exact level of a test of |δ| ≤ g,
 * two-sided at g = 0 and one-sided for a clear gap.
 *
 * <p><b>From above.</b> The pair with the truly largest gap is one of all, and its own upper limit
 * holds it; so the largest of the pairs' limits holds it too, without any correction.
 */
final class LargestGapBounds {
  private static final int HALVINGS = 50;

  private final PairTest test;
  private final List<Proportion[]> strata;
  private final Pair largest;

  /**
   * Two shares of one stratum.
   *
   * @param stratum index of the stratum
   * @param higher index of the higher share within it
   * @param lower index of the lower share within it
   * @param gap how far they lie apart, on the test's scale
   */
  record Pair(int stratum, int higher, int lower, double gap) {}

  /**
   * @param test the scale on which shares are compared
   * @param strata at least one, each of at least two shares
   */
  LargestGapBounds(PairTest test, List<Proportion[]> strata) {
    this.test = test;
    this.strata = strata;
    this.largest = findLargest();
  }

  private Pair findLargest() {
    Pair found = new Pair(0, 0, 1, Double.NEGATIVE_INFINITY);
    for (int s = 0; s < strata.size(); s++) {
      Proportion[] shares = strata.get(s);
      int higher = 0;
      int lower = 0;
      for (int i = 1; i < shares.length; i++) {
        higher = shares[i].value() > shares[higher].value() ? i : higher;
        lower = shares[i].value() <= shares[lower].value() ? i : lower;
      }
      double gap = test.gap(shares[higher], shares[lower]);
      if (gap > found.gap()) {
        found = new Pair(s, higher, lower, gap);
      }
    }
    return found;
  }

  /** The pair with the largest measured gap, the first of equals. */
  Pair largest() {
    return largest;
  }

  /** The largest statistic of all pairs against the hypothesis that their gap is this one. */
  private double largestRoot(double gap) {
    double most = Double.NEGATIVE_INFINITY;
    for (Proportion[] shares : strata) {
      for (int i = 0; i < shares.length; i++) {
        for (int j = i + 1; j < shares.length; j++) {
          boolean ordered = shares[i].value() >= shares[j].value();
          most =
              Math.max(
                  most, test.signedRoot(shares[ordered ? i : j], shares[ordered ? j : i], gap));
        }
      }
    }
    return most;
  }

  /**
   * P-value of the hypothesis that no true gap exceeds this one.
   *
   * @param atMost the largest gap under the hypothesis, at least 0
   */
  double pValue(double atMost) {
    double z = largestRoot(atMost);
    if (z <= 0) {
      return 1;
    }
    double sum = 0;
    for (Proportion[] shares : strata) {
      int size = shares.length;
      double[] apart = new double[size * (size - 1) / 2];
      int pair = 0;
      for (int i = 0; i < size; i++) {
        for (int j = i + 1; j < size; j++) {
          double a = atMost / Math.sqrt(test.variance(shares[i]) + test.variance(shares[j]));
          double together = 2 * Normal.upperTail(z + a);
          sum += together;
          apart[pair++] = Normal.upperTail(z) + Normal.upperTail(z + 2 * a) - together;
        }
      }
      Arrays.sort(apart);
      for (int k = apart.length - size * size / 4; k < apart.length; k++) {
        sum += apart[k];
      }
    }
    return Math.min(1, sum);
  }

  /**
   * The largest measured gap with a simultaneous interval.
   *
   * @param confidence such as 0.95
   */
  Estimate.Known interval(double confidence) {
    double tail = (1 - confidence) / 2;
    double value = largest.gap();
    return new Estimate.Known(
        value, Math.min(value, lower(tail)), Math.max(value, upper(Normal.quantile(1 - tail))));
  }

  /**
   * The largest gap that is exceeded at this level: with a probability of at most the level it lies
   * above every true gap.
   *
   * @param level one-sided, such as 0.025
   */
  double lower(double level) {
    if (pValue(0) >= level) {
      return 0;
    }
    double below = 0;
    double above = Math.min(largest.gap(), test.end());
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (below + above) / 2;
      if (pValue(middle) < level) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return below;
  }

  /**
   * A gap that with the probability of the quantile no true gap exceeds.
   *
   * @param z normal quantile, such as 1.96 for a one-sided level of 0.025
   */
  double upper(double z) {
    double below = 0;
    double above = test.end();
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (below + above) / 2;
      if (largestRoot(middle) > -z) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above;
  }
}
