package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  /** From {@code scipy.stats.t.ppf} of SciPy 1.17.1. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 2, 2.9199855804",
    "0.95, 3.3, 2.2686545668",
    "0.95, 5, 2.0150483733",
    "0.95, 10, 1.8124611228",
    "0.95, 17.5, 1.7367517166",
    "0.95, 40, 1.6838510133",
    "0.95, 300, 1.6499486739",
    "0.95, 10000, 1.6450060181",
    "0.975, 2, 4.3026527297",
    "0.975, 3.3, 3.0248744618",
    "0.975, 5, 2.5705818356",
    "0.975, 10, 2.2281388520",
    "0.975, 17.5, 2.1052329722",
    "0.975, 40, 2.0210753903",
    "0.975, 300, 1.9679030113",
    "0.975, 10000, 1.9602012399",
    "0.995, 2, 9.9248432009",
    "0.995, 3.3, 5.3443060697",
    "0.995, 5, 4.0321429836",
    "0.995, 10, 3.1692726726",
    "0.995, 17.5, 2.8880229797",
    "0.995, 40, 2.7044592674",
    "0.995, 300, 2.5923164108",
    "0.995, 10000, 2.5763210467"
  })
  void quantiles_are_those_of_scipy(double p, double degrees, double expected) {
    assertThat(StudentT.quantile(p, degrees) / expected).isCloseTo(1, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 6.3137515147",
    "0.95, 1.5, 3.7051808201",
    "0.975, 1, 12.7062047362",
    "0.975, 1.5, 6.0166631044",
    "0.995, 1, 63.6567411629",
    "0.995, 1.5, 17.8203105145"
  })
  void below_two_degrees_of_freedom_they_are_too_large_rather_than_too_small(
      double p, double degrees, double expected) {
    assertThat(StudentT.quantile(p, degrees) / expected).isBetween(1.0, 1.2);
  }
}
