package org.evenhand.datasets;

/** A picture made smaller and then as large as before, both by boxes as Pillow does. */
final class Pixelation {
  private static final double[] SHARES = {.9, .8, .7, .6, .5};

  private Pixelation() {}

  static void apply(Picture picture, int severity) {
    int few = Math.max(1, (int) (picture.side() * SHARES[severity]));
    picture.replaceChannels(channel -> resized(resized(channel, few), channel.side()));
  }

  /** Every new pixel is the mean of the old ones whose middles lie in it, or the one it lies in. */
  private static Plane resized(Plane plane, int side) {
    Plane result = Plane.empty(side);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double sum = 0;
        int count = 0;
        for (int y = first(plane, side, row); y < end(plane, side, row); y++) {
          for (int x = first(plane, side, column); x < end(plane, side, column); x++) {
            sum += plane.at(y, x);
            count++;
          }
        }
        result.set(row, column, sum / count);
      }
    }
    return result;
  }

  private static int first(Plane plane, int side, int place) {
    double scale = (double) plane.side() / side;
    return (int) Math.floor((place + 0.5) * scale - Math.max(1, scale) / 2 + 0.5);
  }

  private static int end(Plane plane, int side, int place) {
    double scale = (double) plane.side() / side;
    return (int) Math.floor((place + 0.5) * scale + Math.max(1, scale) / 2 + 0.5);
  }
}
