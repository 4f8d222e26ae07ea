package org.evenhand.datasets;

import java.util.SplittableRandom;

/** Noise that is drawn for every number of a picture by itself. */
final class Noise {
  private static final double[] DEVIATIONS = {.04, .08, .12, .15, .18};

  /** How many photons white is. */
  private static final double[] PHOTONS = {250, 100, 50, 30, 15};

  private static final double[] SHARES = {.01, .02, .05, .08, .14};

  private Noise() {}

  static void gaussian(Picture picture, int severity, SplittableRandom random) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (DEVIATIONS[severity] * random.nextGaussian());
    }
  }

  static void shot(Picture picture, int severity, SplittableRandom random) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (poisson(PHOTONS[severity] * values[i], random) / PHOTONS[severity]);
    }
  }

  /** Knuth's method, which is exact; for means of a few hundred at most. */
  private static int poisson(double mean, SplittableRandom random) {
    double end = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > end; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  static void impulse(Picture picture, int severity, SplittableRandom random) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < SHARES[severity]) {
        values[i] = random.nextBoolean() ? 1 : 0;
      }
    }
  }
}
