package org.evenhand.experiments;

/**
 * What a method takes.
 *
 * @param seconds by the clock, on one thread
 * @param parameters of the deployed model that it changes, or that it trains anew
 * @param samples that it learns from
 */
record Cost(double seconds, int parameters, int samples) {
  static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
