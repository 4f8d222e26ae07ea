package org.evenhand.audit;

import java.util.random.RandomGenerator;

/**
 * Draws exact binomial variables at a cost that does not grow with n: inversion where the smaller
 * of hits and misses is expected below ten times, else transformed rejection (BTRS, Hörmann 1993).
 */
final class BinomialSampler {
  private static final double INVERSION_BELOW = 10;

  /** log k! - (½ log 2π + (k+½) log(k+1) - (k+1)) for small k. */
  private static final double[] STIRLING_TAIL = {
    0.0810614667953272,
    0.0413406959554092,
    0.0276779256849983,
    0.020790672103765,
    0.0166446911898211,
    0.0138761288230707,
    0.0118967099458917,
    0.010411265261972,
    0.00925546218271273,
    0.00833056343336287
  };

  private final long n;
  private final double p;
  private final boolean mirrored;
  private final double odds;
  private final double probabilityOfZero;
  private final double a;
  private final double b;
  private final double centre;
  private final double alpha;
  private final double acceptBelow;
  private final double mode;
  private final double atMode;

  /**
   * @param n number of trials, not negative
   * @param p probability of a hit, 0 to 1
   */
  BinomialSampler(long n, double p) {
    this.n = n;
    this.mirrored = p > 0.5;
    this.p = mirrored ? 1 - p : p;
    this.odds = this.p / (1 - this.p);
    this.probabilityOfZero = Math.exp(n * Math.log1p(-this.p));
    double deviation = Math.sqrt(n * this.p * (1 - this.p));
    this.b = 1.15 + 2.53 * deviation;
    this.a = -0.0873 + 0.0248 * b + 0.01 * this.p;
    this.centre = n * this.p + 0.5;
    this.alpha = (2.83 + 5.1 / b) * deviation;
    this.acceptBelow = 0.92 - 4.2 / b;
    this.mode = Math.floor((n + 1) * this.p);
    this.atMode =
        (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
            + stirlingTail(mode)
            + stirlingTail(n - mode);
  }

  long draw(RandomGenerator random) {
    long hits = n * p < INVERSION_BELOW ? byInversion(random) : byRejection(random);
    return mirrored ? n - hits : hits;
  }

  private long byInversion(RandomGenerator random) {
    double u = random.nextDouble();
    double probability = probabilityOfZero;
    long hits = 0;
    while (u > probability && hits < n) {
      u -= probability;
      hits++;
      probability *= odds * (n - hits + 1) / hits;
    }
    return hits;
  }

  private long byRejection(RandomGenerator random) {
    while (true) {
      double u = random.nextDouble() - 0.5;
      double v = random.nextDouble();
      double distance = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / distance + b) * u + centre);
      if (distance >= 0.07 && v <= acceptBelow) {
        return (long) k;
      }
      if (k >= 0 && k <= n && Math.log(v * alpha / (a / (distance * distance) + b)) <= log(k)) {
        return (long) k;
      }
    }
  }

  /** Log of the probability of k relative to that of the mode. */
  private double log(double k) {
    return atMode
        + (n + 1) * Math.log((n - mode + 1) / (n - k + 1))
        + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
        - stirlingTail(k)
        - stirlingTail(n - k);
  }

  private static double stirlingTail(double k) {
    if (k < STIRLING_TAIL.length) {
      return STIRLING_TAIL[(int) k];
    }
    double next = k + 1;
    double square = next * next;
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / next;
  }
}
