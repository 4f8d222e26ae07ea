package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMeanTest {
  private static final int REPETITIONS = 1_000;
  private static final double Z = AuditSettings.DEFAULT.z();

  private static Known interval(double[] values) {
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return new BoundedMean(values, ones, 0, 1).interval(Z);
  }

  /** Limits from quantiles of the beta distribution (R: binom.test). */
  @ParameterizedTest
  @CsvSource({
    "0, 100, 0, 0.036217",
    "5, 20, 0.086571, 0.491046",
    "10, 1000, 0.004807, 0.018306",
    "30, 30, 0.884297, 1"
  })
  void of_zeros_and_ones_the_limits_are_those_of_clopper_and_pearson(
      int ones, int n, double low, double high) {
    double[] values = new double[n];
    Arrays.fill(values, 0, ones, 1);

    Known interval = interval(values);

    assertThat(interval.value()).isEqualTo((double) ones / n, offset(1e-12));
    assertThat(interval.low()).isCloseTo(low, withinPercentage(1));
    assertThat(interval.high()).isCloseTo(high, withinPercentage(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 1_000})
  void intervals_hold_the_truth_for_skewed_and_mostly_zero_values(int n) {
    // Means: 0.95 zeros and cubes of a uniform variable; 0.98 zeros and ones; exp(-5 U);
    // a square of a uniform variable; halves.
    assertCoverage(n, 0.05 / 4, r -> r.nextDouble() < 0.95 ? 0 : Math.pow(r.nextDouble(), 3));
    assertCoverage(n, 0.02, r -> r.nextDouble() < 0.98 ? 0 : 1);
    assertCoverage(n, (1 - Math.exp(-5)) / 5, r -> Math.exp(-5 * r.nextDouble()));
    assertCoverage(n, 1.0 / 3, r -> Math.pow(r.nextDouble(), 2));
    assertCoverage(n, 0.5, r -> 0.5);
  }

  private static void assertCoverage(int n, double truth, ToDoubleFunction<SplittableRandom> draw) {
    long covered =
        IntStream.range(0, REPETITIONS)
            .parallel()
            .filter(
                repetition -> {
                  SplittableRandom random = new SplittableRandom(repetition);
                  double[] values = new double[n];
                  Arrays.setAll(values, i -> draw.applyAsDouble(random));
                  Known interval = interval(values);
                  return interval.low() <= truth && truth <= interval.high();
                })
            .count();

    assertThat(covered / (double) REPETITIONS)
        .as("coverage of %d values at mean %s", n, truth)
        .isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void of_many_values_the_interval_is_about_as_wide_as_the_normal_one() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = random.doubles(8_000).map(x -> x * x * x * x).toArray();

    Known interval = interval(values);

    // Var(U⁴) = 1/9 - 1/25.
    double normal = 2 * Z * Math.sqrt((1.0 / 9 - 1.0 / 25) / values.length);
    assertThat(interval.high() - interval.low()).isCloseTo(normal, withinPercentage(5));
  }

  @Test
  void rows_repeated_instead_of_weighted_and_in_another_order_give_the_same_interval() {
    double[] values = {0, 0.3, 0, 0.9, 0.1};
    Known weighted = new BoundedMean(values, new double[] {3, 1, 2, 1, 2}, 0, 1).interval(Z);
    Known repeated = interval(new double[] {0.9, 0.1, 0, 0, 0, 0.3, 0, 0.1, 0});

    assertThat(weighted.low()).isEqualTo(repeated.low(), offset(1e-9));
    assertThat(weighted.high()).isEqualTo(repeated.high(), offset(1e-9));
  }

  @Test
  void signed_values_have_the_interval_of_their_mirror_image_mirrored() {
    double[] values = {-0.2, 0, 0.5, 0.1, 0, 0};
    double[] ones = {1, 1, 1, 1, 1, 1};
    Known interval = new BoundedMean(values, ones, -1, 1).interval(Z);
    Known mirrored =
        new BoundedMean(Arrays.stream(values).map(x -> -x).toArray(), ones, -1, 1).interval(Z);

    assertThat(interval.low()).isEqualTo(-mirrored.high(), offset(1e-9));
    assertThat(interval.high()).isEqualTo(-mirrored.low(), offset(1e-9));
  }
}
