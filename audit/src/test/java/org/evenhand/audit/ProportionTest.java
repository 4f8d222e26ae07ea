package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.evenhand.audit.Estimate.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  private static final double Z = 1.959963984540054;

  @Test
  void upper_tails_are_those_of_published_tables() {
    assertThat(Normal.upperTail(0)).isEqualTo(0.5);
    assertThat(Normal.upperTail(1.959963984540054)).isCloseTo(0.025, within(1e-14));
    assertThat(Normal.upperTail(-1)).isCloseTo(0.8413447460685429, within(1e-14));
    assertThat(Normal.upperTail(3)).isCloseTo(1.3498980316300946e-3, within(1e-13));
    // The rational function of the quantile holds down to 1e-10.
    assertThat(Normal.upperTail(-Normal.quantile(1e-9))).isCloseTo(1e-9, within(1e-18));
    assertThat(Normal.upperTail(10)).isCloseTo(7.61985302416053e-24, within(1e-33));
  }

  @Test
  void normal_quantiles_are_those_of_the_tables() {
    assertThat(Normal.quantile(0.5)).isZero();
    assertThat(Normal.quantile(0.975)).isCloseTo(Z, within(1e-14));
    assertThat(Normal.quantile(0.995)).isCloseTo(2.5758293035489004, within(1e-14));
    assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-14));
    assertThat(Normal.quantile(1e-9)).isCloseTo(-5.997807015007687, within(1e-12));
  }

  @Test
  void wilson_limits_are_those_of_newcombes_examples() {
    // Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3.
    assertInterval(new Proportion(81, 263).wilson(Z), 81 / 263.0, 0.2553, 0.3662);
    assertInterval(new Proportion(15, 148).wilson(Z), 15 / 148.0, 0.0624, 0.1605);
    assertInterval(new Proportion(0, 20).wilson(Z), 0, 0, 0.1611);
    assertInterval(new Proportion(1, 29).wilson(Z), 1 / 29.0, 0.0061, 0.1718);
  }

  @Test
  void the_difference_of_two_proportions_has_newcombes_limits() {
    // Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: 56/70 - 48/80, 9/10 -
    // 3/10.
    assertInterval(
        Mover.difference(new Proportion(56, 70).wilson(Z), new Proportion(48, 80).wilson(Z)),
        0.2,
        0.0524,
        0.3339);
    assertInterval(
        Mover.difference(new Proportion(9, 10).wilson(Z), new Proportion(3, 10).wilson(Z)),
        0.6,
        0.1705,
        0.8090);
  }

  @Test
  void a_mean_of_equal_parts_narrows_with_the_root_of_their_number() {
    Known part = new Known(0.5, 0.4, 0.7);

    assertInterval(Mover.mean(part, part, part, part), 0.5, 0.45, 0.6);
  }

  @Test
  void a_ratio_of_equal_certain_shares_runs_between_their_lower_limits() {
    // Both 1: the ratio may be as low as the one's lower limit and as high as the other's inverse.
    Known some = new Proportion(20, 20).wilson(Z);
    Known many = new Proportion(200, 200).wilson(Z);

    assertInterval(Mover.ratio(some, many), 1, some.low(), 1 / many.low());
  }

  @Test
  void a_ratio_with_a_zero_above_has_a_finite_upper_limit() {
    Known ratio = Mover.ratio(new Proportion(0, 20).wilson(Z), new Proportion(10, 20).wilson(Z));

    assertThat(ratio.value()).isZero();
    assertThat(ratio.low()).isZero();
    assertThat(ratio.high()).isBetween(0.2, 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 0.1, 50, 0.3",
    "200, 0.02, 300, 0.05",
    "40, 0.97, 40, 0.9",
    "100, 0.4, 100, 0.4"
  })
  void intervals_of_ratios_and_differences_hold_the_truth(long n, double p, long m, double q) {
    SplittableRandom random = new SplittableRandom(12);
    BinomialSampler first = new BinomialSampler(n, p);
    BinomialSampler second = new BinomialSampler(m, q);
    int ratios = 0;
    int differences = 0;
    int repetitions = 0;
    while (repetitions < 4_000) {
      Known numerator = new Proportion(first.draw(random), n).wilson(Z);
      Known denominator = new Proportion(second.draw(random), m).wilson(Z);
      if (denominator.value() > 0) {
        repetitions++;
        ratios += holds(Mover.ratio(numerator, denominator), p / q) ? 1 : 0;
        differences += holds(Mover.difference(numerator, denominator), p - q) ? 1 : 0;
      }
    }

    assertThat(ratios / 4e3).isBetween(0.93, 0.985);
    assertThat(differences / 4e3).isBetween(0.93, 0.985);
  }

  private static boolean holds(Known interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  private static void assertInterval(Known actual, double value, double low, double high) {
    assertThat(actual.value()).isCloseTo(value, within(1e-12));
    assertThat(actual.low()).isCloseTo(low, within(6e-5));
    assertThat(actual.high()).isCloseTo(high, within(6e-5));
  }
}
