package org.evenhand.datasets;

import java.util.SplittableRandom;

/** Snow: flakes are normal draws, enlarged, cut off below, and blurred as they fall. */
final class Snow {
  /**
   * By severity.
   *
   * @param mean of the draws
   * @param deviation of the draws
   * @param zoom how many times as large a flake is drawn
   * @param least what is no flake below
   * @param radius of the blur by motion
   * @param fade deviation of the blur by motion
   * @param kept share of the picture that is not whitened
   */
  private record Storm(
      double mean,
      double deviation,
      double zoom,
      double least,
      double radius,
      double fade,
      double kept) {}

  private static final Storm[] STORMS = {
    new Storm(.1, .2, 1, .6, 8, 3, .8),
    new Storm(.1, .2, 1, .5, 10, 4, .8),
    new Storm(.15, .3, 1.75, .55, 10, 4, .7),
    new Storm(.25, .3, 2.25, .6, 12, 6, .65),
    new Storm(.3, .3, 1.25, .65, 14, 12, .6)
  };

  private Snow() {}

  static void fall(Picture picture, int severity, SplittableRandom random) {
    Storm storm = STORMS[severity];
    Plane flakes = flakes(storm, picture.side(), random);
    whiten(picture, storm.kept());
    float[] values = picture.values();
    int pixels = picture.pixels();
    for (int i = 0; i < values.length; i++) {
      int pixel = i % pixels;
      // The same flakes turned by half a turn fall too.
      values[i] += flakes.values()[pixel] + flakes.values()[pixels - 1 - pixel];
    }
  }

  private static Plane flakes(Storm storm, int side, SplittableRandom random) {
    Plane draws = Plane.empty(side);
    for (int i = 0; i < draws.values().length; i++) {
      draws.values()[i] = (float) (storm.mean() + storm.deviation() * random.nextGaussian());
    }
    Plane flakes = zoomed(draws, storm.zoom());
    for (int i = 0; i < flakes.values().length; i++) {
      float flake = flakes.values()[i];
      flakes.values()[i] = flake < storm.least() ? 0 : Math.min(1, flake);
    }
    return Blur.moved(flakes, storm.radius(), storm.fade(), random.nextDouble(-135, -45));
  }

  /** The middle, enlarged linearly to the size of the whole. */
  static Plane zoomed(Plane plane, double zoom) {
    int side = plane.side();
    int middle = (int) Math.ceil(side / zoom);
    int first = (side - middle) / 2;
    int enlarged = (int) Math.rint(middle * zoom);
    int cut = (enlarged - side) / 2;
    double step = (middle - 1.0) / (enlarged - 1);
    Plane result = Plane.empty(side);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        result.set(
            row, column, between(plane, first + (row + cut) * step, first + (column + cut) * step));
      }
    }
    return result;
  }

  /** Between four pixels, by the distance from each. */
  private static double between(Plane plane, double row, double column) {
    int above = (int) row;
    int left = (int) column;
    double down = row - above;
    double right = column - left;
    return (1 - down) * (1 - right) * plane.at(above, left)
        + (1 - down) * right * plane.atOrEdge(above, left + 1)
        + down * (1 - right) * plane.atOrEdge(above + 1, left)
        + down * right * plane.atOrEdge(above + 1, left + 1);
  }

  /** A share of every pixel gives way to its grey, one and a half times and lighter by a half. */
  private static void whiten(Picture picture, double kept) {
    float[] values = picture.values();
    int pixels = picture.pixels();
    for (int pixel = 0; pixel < pixels; pixel++) {
      double grey =
          .299 * values[pixel] + .587 * values[pixels + pixel] + .114 * values[2 * pixels + pixel];
      for (int i = pixel; i < values.length; i += pixels) {
        values[i] = (float) (kept * values[i] + (1 - kept) * Math.max(values[i], 1.5 * grey + .5));
      }
    }
  }
}
