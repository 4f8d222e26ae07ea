package org.evenhand.audit;

import java.util.random.RandomGenerator;

/**
 * Draws beta variables as a ratio of two gamma variables, each by Marsaglia and Tsang's rejection
 * (2000), at a cost that does not grow with the parameters.
 */
final class BetaSampler {
  private final double a;
  private final double b;

  /**
   * @param a above zero
   * @param b above zero
   */
  BetaSampler(double a, double b) {
    this.a = a;
    this.b = b;
  }

  double draw(RandomGenerator random) {
    double first = gamma(a, random);
    return first / (first + gamma(b, random));
  }

  private static double gamma(double shape, RandomGenerator random) {
    return shape >= 1
        ? gammaFromOne(shape, random)
        : gammaFromOne(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
  }

  private static double gammaFromOne(double shape, RandomGenerator random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        double u = random.nextDouble();
        // The first test is a cheap bound of the second.
        if (u < 1 - 0.0331 * x * x * x * x || Math.log(u) < x * x / 2 + d * (1 - v + Math.log(v))) {
          return d * v;
        }
      }
    }
  }
}
