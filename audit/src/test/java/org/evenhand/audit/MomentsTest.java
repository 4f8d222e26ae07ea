package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.evenhand.audit.Estimate.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final int REPETITIONS = 2_000;

  private static Moments of(double... probabilities) {
    return weighted(probabilities, new double[] {1});
  }

  /** Moments of scores, the weights repeated as often as needed. */
  private static Moments weighted(double[] probabilities, double[] weights) {
    double[] all = new double[probabilities.length];
    Arrays.setAll(all, i -> weights[i % weights.length]);
    return new ScoredOutcomes(
            DoubleStream.of(probabilities).map(Math::log).toArray(),
            new boolean[probabilities.length],
            all,
            all)
        .moments();
  }

  @Test
  void moments_are_those_of_the_definition() {
    Moments moments = of(0.1, 0.2, 0.6);

    assertThat(moments.mean()).isCloseTo(0.3, within(1e-15));
    assertThat(moments.second()).isCloseTo((0.04 + 0.01 + 0.09) / 3, within(1e-15));
    assertThat(moments.third()).isCloseTo((-0.008 - 0.001 + 0.027) / 3, within(1e-15));
    assertThat(moments.fourth()).isCloseTo((0.0016 + 0.0001 + 0.0081) / 3, within(1e-15));
    assertThat(moments.variance()).isCloseTo(0.07, within(1e-15));
  }

  @Test
  void a_row_of_weight_two_is_two_rows() {
    Moments weighted = weighted(new double[] {0.25, 0.5, 0.875}, new double[] {2, 1, 3});

    assertThat(weighted).isEqualTo(of(0.25, 0.25, 0.5, 0.875, 0.875, 0.875));
  }

  @Test
  void the_difference_of_means_has_welchs_interval() {
    // scipy 1.17.1: ttest_ind([.1,.4,.4,.7],[.3,.5,.8,.6,.9],equal_var=False).confidence_interval()
    Known difference =
        (Known) Moments.difference(of(0.1, 0.4, 0.4, 0.7), of(0.3, 0.5, 0.8, 0.6, 0.9), 0.95);

    assertThat(difference.value()).isCloseTo(-0.22, within(1e-12));
    assertThat(difference.low()).isCloseTo(-0.6104925379, within(1e-5));
    assertThat(difference.high()).isCloseTo(0.1704925379, within(1e-5));
  }

  @Test
  void cohens_d_is_the_difference_over_the_pooled_deviation() {
    // Pooled variance (0.18 + 0.228)/(4 + 5 - 2).
    Known d =
        (Known)
            Moments.standardisedDifference(
                of(0.1, 0.4, 0.4, 0.7), of(0.3, 0.5, 0.8, 0.6, 0.9), 0.95);

    assertThat(d.value()).isCloseTo(-0.22 / Math.sqrt(0.408 / 7), within(1e-12));
  }

  @Test
  void the_interval_of_d_is_that_of_hedges_and_olkin_where_theirs_holds() {
    // Moments of normal scores of one spread: the fourth is 3 times the square of the second.
    Moments own = new Moments(4_000, 0.58, 0.01, 0, 3e-4);
    Moments other = new Moments(6_000, 0.5, 0.01, 0, 3e-4);

    Known d = (Known) Moments.standardisedDifference(own, other, 0.95);

    double variance = 1 / 4_000.0 + 1 / 6_000.0 + 0.8 * 0.8 / 2 / 10_000;
    assertThat(d.value()).isCloseTo(0.8, within(1e-3));
    assertThat((d.high() - d.low()) / 2 / 1.96).isCloseTo(Math.sqrt(variance), within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"15, 40, 0", "40, 200, 0", "40, 200, 1", "200, 200, 1"})
  void intervals_hold_the_truth_with_skewed_scores_of_unequal_spread(
      int rows, int others, double shift) {
    // u³ + shift·(1-u³)/2 of uniform u: means 1/4 and 5/8, variances 9/112 and a quarter of it.
    double variance = 9 / 112.0;
    double difference = shift * 0.375;
    double ownVariance = shift == 0 ? variance : variance / 4;
    double share = rows / (double) (rows + others);
    double d = difference / Math.sqrt(share * ownVariance + (1 - share) * variance);
    int holds = 0;
    int holdsStandardised = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      SplittableRandom random = new SplittableRandom(repetition);
      Moments own = sample(random, rows, u -> u + shift * (1 - u) / 2);
      Moments other = sample(random, others, u -> u);
      holds += holds(Moments.difference(own, other, 0.95), difference) ? 1 : 0;
      holdsStandardised += holds(Moments.standardisedDifference(own, other, 0.95), d) ? 1 : 0;
    }

    assertThat(holds / (double) REPETITIONS).as("difference").isGreaterThanOrEqualTo(0.93);
    assertThat(holdsStandardised / (double) REPETITIONS).as("d").isGreaterThanOrEqualTo(0.93);
  }

  private static Moments sample(SplittableRandom random, int rows, DoubleUnaryOperator transform) {
    return of(
        DoubleStream.generate(random::nextDouble)
            .limit(rows)
            .map(u -> transform.applyAsDouble(u * u * u))
            .toArray());
  }

  private static boolean holds(Estimate estimate, double truth) {
    return estimate instanceof Known known && known.low() <= truth && truth <= known.high();
  }
}
