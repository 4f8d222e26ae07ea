package org.evenhand.audit;

/** The standard normal distribution. */
final class Normal {
  private static final double[] CENTRE_NUMERATOR = {
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227
  };
  private static final double[] CENTRE_DENOMINATOR = {
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854
  };
  private static final double[] TAIL_NUMERATOR = {
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414
  };
  private static final double[] TAIL_DENOMINATOR = {
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09
  };

  private static final double SERIES_BELOW = 3;
  private static final int FRACTION_TERMS = 60;

  private Normal() {}

  /**
   * The value below which a standard normal variable falls with this probability (Wichura 1988,
   * algorithm AS 241).
   *
   * @param p between 1e-10 and 1 - 1e-10, where the two rational functions kept here hold
   */
  static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * polynomial(CENTRE_NUMERATOR, r) / polynomial(CENTRE_DENOMINATOR, r);
    }
    double r = Math.sqrt(-Math.log(Math.min(p, 1 - p))) - 1.6;
    double magnitude = polynomial(TAIL_NUMERATOR, r) / polynomial(TAIL_DENOMINATOR, r);
    return q < 0 ? -magnitude : magnitude;
  }

  /**
   * The probability that a standard normal variable exceeds this, to about nine digits: a power
   * series near the middle, a continued fraction in the tail, where the series would cancel.
   *
   * @param x any number
   */
  static double upperTail(double x) {
    if (x < 0) {
      return 1 - upperTail(-x);
    }
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (x < SERIES_BELOW) {
      double term = x;
      double sum = x;
      for (int k = 3; term > sum * 1e-17; k += 2) {
        term *= x * x / k;
        sum += term;
      }
      return 0.5 - density * sum;
    }
    double fraction = x;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return density / fraction;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
