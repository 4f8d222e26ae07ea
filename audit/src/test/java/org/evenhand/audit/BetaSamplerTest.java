package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaSamplerTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @CsvSource({"0.5, 30.5", "1, 1", "2.5, 0.5", "40, 60"})
  void draws_have_the_mean_the_variance_and_the_skewness_of_the_distribution(double a, double b) {
    SplittableRandom random = new SplittableRandom(4);
    BetaSampler sampler = new BetaSampler(a, b);
    double[] draws = DoubleStream.generate(() -> sampler.draw(random)).limit(DRAWS).toArray();
    double mean = a / (a + b);
    double deviation = Math.sqrt(mean * (1 - mean) / (a + b + 1));
    double skewness = 2 * (b - a) * Math.sqrt(a + b + 1) / ((a + b + 2) * Math.sqrt(a * b));

    assertThat(moment(draws, mean, deviation, 1)).isCloseTo(0, within(0.01));
    assertThat(moment(draws, mean, deviation, 2)).isCloseTo(1, within(0.03));
    assertThat(moment(draws, mean, deviation, 3)).isCloseTo(skewness, within(0.15));
  }

  private static double moment(double[] draws, double mean, double deviation, int power) {
    return DoubleStream.of(draws)
        .map(x -> Math.pow((x - mean) / deviation, power))
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.2", "0.7"})
  void for_whole_parameters_shares_of_draws_are_binomial_probabilities(double x) {
    // P(Beta(1, 20) ≤ x) = 1 - (1 - x)^20.
    SplittableRandom random = new SplittableRandom(4);
    BetaSampler sampler = new BetaSampler(1, 20);
    double below =
        DoubleStream.generate(() -> sampler.draw(random)).limit(DRAWS).filter(d -> d <= x).count();

    assertThat(below / DRAWS).isCloseTo(1 - Math.pow(1 - x, 20), within(0.005));
  }
}
