package org.evenhand.unlearning;

/** The ridges that every rule tries, relative as in {@link TrainedHead#solver}. */
final class Ridges {
  static final double[] RELATIVE = {1e-4, 1e-3, 1e-2};

  private Ridges() {}
}
