package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialSamplerTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @CsvSource({
    "1, 0.3",
    "12, 0.5",
    "19, 0.5",
    "21, 0.5",
    "30, 0.95",
    "165, 0.7",
    "1000, 0.009",
    "1000, 0.011",
    "5000, 0.62",
    "400, 0.999"
  })
  void draws_follow_the_binomial_distribution(int n, double p) {
    BinomialSampler sampler = new BinomialSampler(n, p);
    SplittableRandom random = new SplittableRandom(5);
    int[] observed = new int[n + 1];
    for (int i = 0; i < DRAWS; i++) {
      observed[(int) sampler.draw(random)]++;
    }

    // Chi-square over values expected at least ten times, the rest in one; standardised by
    // Wilson-Hilferty it is a normal variable, beyond 4 once in 30,000.
    double chiSquare = 0;
    int cells = 0;
    double restExpected = 0;
    double restObserved = 0;
    double logProbability = n * Math.log1p(-p);
    for (int k = 0; k <= n; k++) {
      double expected = DRAWS * Math.exp(logProbability);
      if (expected >= 10) {
        chiSquare += (observed[k] - expected) * (observed[k] - expected) / expected;
        cells++;
      } else {
        restExpected += expected;
        restObserved += observed[k];
      }
      logProbability += Math.log((n - k) / (k + 1.0)) + Math.log(p / (1 - p));
    }
    if (restExpected > 1) {
      chiSquare += (restObserved - restExpected) * (restObserved - restExpected) / restExpected;
      cells++;
    }
    double spread = 2 / (9.0 * (cells - 1));
    double standardised = (Math.cbrt(chiSquare / (cells - 1)) - 1 + spread) / Math.sqrt(spread);
    assertThat(standardised).isBetween(-4.0, 4.0);
  }

  @Test
  void moments_are_right_for_billions_of_trials() {
    long n = 3_000_000_000L;
    double p = 0.3;
    BinomialSampler sampler = new BinomialSampler(n, p);
    SplittableRandom random = new SplittableRandom(6);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double standardised = (sampler.draw(random) - n * p) / Math.sqrt(n * p * (1 - p));
      sum += standardised;
      squares += standardised * standardised;
    }

    // Four standard errors: 1/√draws of the mean, √(2/draws) of the variance.
    assertThat(sum / DRAWS).isCloseTo(0, within(4 / Math.sqrt(DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(1, within(4 * Math.sqrt(2.0 / DRAWS)));
  }

  @Test
  void certain_outcomes_are_drawn_with_certainty() {
    SplittableRandom random = new SplittableRandom(7);

    assertThat(new BinomialSampler(50, 0).draw(random)).isZero();
    assertThat(new BinomialSampler(50, 1).draw(random)).isEqualTo(50);
    assertThat(new BinomialSampler(0, 0.4).draw(random)).isZero();
  }
}
