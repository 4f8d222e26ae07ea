package org.evenhand.datasets;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A square picture in red, green and blue, to be changed in place.
 *
 * @param side in pixels
 * @param values 3 × side × side, row-major, each in [0,1]
 */
record Picture(int side, float[] values) {
  /** Numbers a channel. */
  int pixels() {
    return side * side;
  }

  /** A copy of a channel. */
  Plane channel(int channel) {
    return new Plane(
        side, Arrays.copyOfRange(values, channel * pixels(), (channel + 1) * pixels()));
  }

  /** Puts another in the place of every channel. */
  void replaceChannels(UnaryOperator<Plane> by) {
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(
          by.apply(channel(channel)).values(), 0, values, channel * pixels(), pixels());
    }
  }

  /** Cuts every number to [0,1] and down to a multiple of 1/255, as pixels are stored. */
  void cutToBytes() {
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) (255 * Math.max(0, Math.min(1, values[i]))) / 255f;
    }
  }
}
