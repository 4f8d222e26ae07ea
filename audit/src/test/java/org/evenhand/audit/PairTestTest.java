package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairTestTest {
  private final SplittableRandom random = new SplittableRandom(5);

  /** The constrained share maximises the likelihood, which a grid of shares cannot exceed. */
  @ParameterizedTest
  @EnumSource
  void no_share_that_keeps_the_gap_is_more_likely_than_the_one_found(PairTest test) {
    for (int repetition = 0; repetition < 200; repetition++) {
      Proportion first = share();
      Proportion second = share();
      double gap = random.nextDouble() * 0.9;
      double found = test.second(first, second, gap);

      assertThat(found).isBetween(0.0, 1.0);
      assertThat(test.first(found, gap)).isBetween(0.0, 1.0);
      double most = logLikelihood(test, first, second, found, gap);
      for (double share = 0.001; share < 1 && test.first(share, gap) < 1; share += 0.001) {
        assertThat(logLikelihood(test, first, second, share, gap))
            .isLessThanOrEqualTo(most + 1e-9 * Math.abs(most));
      }
    }
  }

  private Proportion share() {
    double n = 1 + random.nextInt(300);
    return new Proportion(0.5 + random.nextDouble() * (n - 1), n);
  }

  private static double logLikelihood(
      PairTest test, Proportion first, Proportion second, double share, double gap) {
    return log(first, test.first(share, gap)) + log(second, share);
  }

  private static double log(Proportion counts, double share) {
    return counts.hits() * Math.log(share) + (counts.n() - counts.hits()) * Math.log1p(-share);
  }

  @Test
  void of_large_groups_the_root_is_the_difference_in_standard_errors() {
    Proportion first = new Proportion(800_000, 1_000_000);
    Proportion second = new Proportion(698_000, 1_000_000);

    // Gap 0.102 against 0.1, standard error √(0.16 + 0.21)/1,000.
    assertThat(PairTest.DIFFERENCE.signedRoot(first, second, 0.1))
        .isCloseTo(0.002 / Math.sqrt(0.37e-6), within(0.02));
  }

  @Test
  void the_root_of_equal_shares_is_that_of_the_g_test() {
    // Half added: 8.5 of 11 and 2.5 of 11, pooled 0.5.
    double g = 0;
    for (double[] cell : new double[][] {{8.5, 5.5}, {2.5, 5.5}, {2.5, 5.5}, {8.5, 5.5}}) {
      g += 2 * cell[0] * Math.log(cell[0] / cell[1]);
    }
    Proportion first = new Proportion(8, 10);
    Proportion second = new Proportion(2, 10);

    assertThat(PairTest.DIFFERENCE.signedRoot(first, second, 0))
        .isCloseTo(Math.sqrt(g), within(1e-6));
    assertThat(PairTest.LOG_RATIO.signedRoot(first, second, 0))
        .isCloseTo(Math.sqrt(g), within(1e-6));
    assertThat(PairTest.LOG_RATIO.signedRoot(second, first, 0))
        .isCloseTo(-Math.sqrt(g), within(1e-6));
  }

  /** Exact binomial probabilities, all pairs of counts: how often a root exceeds its quantile. */
  @ParameterizedTest
  @EnumSource
  void far_tails_hold_their_level_between_groups_of_30_and_300(PairTest test) {
    double gap = test == PairTest.DIFFERENCE ? 0.1 : Math.log(1.25);
    double worst = 0;
    double sum = 0;
    int cases = 0;
    for (double lower : new double[] {0.05, 0.1, 0.2, 0.3, 0.5, 0.7}) {
      for (int[] n : new int[][] {{30, 300}, {300, 30}, {30, 30}}) {
        double level = exceedance(test, n, lower, gap, 3.09) / Normal.upperTail(3.09);
        worst = Math.max(worst, level);
        sum += level;
        cases++;
      }
    }
    // Counts come in steps, so that a single case may miss its level of 0.001 either way.
    assertThat(worst).isLessThan(3);
    assertThat(sum / cases).isBetween(0.4, 1.1);
  }

  private static double exceedance(PairTest test, int[] n, double lower, double gap, double z) {
    double[] first = binomial(n[0], test.first(lower, gap));
    double[] second = binomial(n[1], lower);
    double sum = 0;
    for (int i = 0; i <= n[0]; i++) {
      for (int j = 0; j <= n[1]; j++) {
        if (first[i] * second[j] > 1e-12
            && test.signedRoot(new Proportion(i, n[0]), new Proportion(j, n[1]), gap) >= z) {
          sum += first[i] * second[j];
        }
      }
    }
    return sum;
  }

  private static double[] binomial(int n, double p) {
    double[] probabilities = new double[n + 1];
    double log = n * Math.log1p(-p);
    for (int k = 0; k <= n; k++) {
      probabilities[k] = Math.exp(log);
      log += Math.log((n - k) / (k + 1.0)) + Math.log(p / (1 - p));
    }
    return probabilities;
  }
}
