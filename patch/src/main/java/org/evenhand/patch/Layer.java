package org.evenhand.patch;

import org.evenhand.core.DenseLayer;

/** A dense layer in training. */
sealed interface Layer permits InputLayer, InnerLayer {
  /** Moves the weights against the gradient, which is cleared. */
  void step(Adam adam, float scale, float l2);

  /** The gradient by one weight, or by the bias where {@code input} is one past the inputs. */
  float gradient(int input, int output);

  /** As it is now. */
  DenseLayer freeze();

  /**
   * The largest random weight at the beginning.
   *
   * @param entries how many inputs of a row are not zero
   */
  static double limit(int entries) {
    return Math.sqrt(6.0 / Math.max(1, entries));
  }
}
