package org.evenhand.datasets;

import java.util.SplittableRandom;

/** Fog, a plasma fractal made by the algorithm of diamonds and squares. */
final class Fog {
  /** How thick the fog is, and by what its draws become smaller from one size to the next. */
  private static final double[][] THICKNESS = {{.4, 3}, {.7, 3}, {1, 2.5}, {1.5, 2}, {2, 1.75}};

  private static final double FIRST_WIBBLE = 100;

  private Fog() {}

  static void rise(Picture picture, int severity, SplittableRandom random) {
    double thickness = THICKNESS[severity][0];
    int side = picture.side();
    int mapSide = side == 1 ? 1 : Integer.highestOneBit(side - 1) << 1;
    Plane plasma = plasma(mapSide, THICKNESS[severity][1], random);
    float[] values = picture.values();
    double brightest = 0;
    for (float value : values) {
      brightest = Math.max(brightest, value);
    }
    for (int i = 0; i < values.length; i++) {
      int pixel = i % picture.pixels();
      double veiled = values[i] + thickness * plasma.at(pixel / side, pixel % side);
      values[i] = (float) (veiled * brightest / (brightest + thickness));
    }
  }

  /**
   * Heights in [0,1], both of which occur; what lies beyond an edge is at the opposite edge.
   *
   * @param side a power of two
   * @param decay by what draws become smaller when the distance between points halves
   */
  static Plane plasma(int side, double decay, SplittableRandom random) {
    Plane heights = Plane.empty(side);
    double wibble = FIRST_WIBBLE;
    for (int step = side; step >= 2; step /= 2) {
      int half = step / 2;
      // Middles of squares first, because the diamonds between them have their corners there.
      fill(
          heights,
          half,
          half,
          step,
          new int[][] {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}},
          wibble,
          random);
      int[][] beside = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
      fill(heights, 0, half, step, beside, wibble, random);
      fill(heights, half, 0, step, beside, wibble, random);
      wibble /= decay;
    }
    scale(heights);
    return heights;
  }

  /** Every point of a grid: the mean of four at half a step from it, and a draw. */
  private static void fill(
      Plane heights,
      int top,
      int left,
      int step,
      int[][] around,
      double wibble,
      SplittableRandom random) {
    int side = heights.side();
    for (int row = top; row < side; row += step) {
      for (int column = left; column < side; column += step) {
        double mean = 0;
        for (int[] place : around) {
          mean +=
              heights.at(
                      Math.floorMod(row + place[0] * step / 2, side),
                      Math.floorMod(column + place[1] * step / 2, side))
                  / 4.0;
        }
        heights.set(row, column, mean + wibble * random.nextDouble(-wibble, wibble));
      }
    }
  }

  private static void scale(Plane heights) {
    float[] values = heights.values();
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - lowest) / (highest - lowest);
    }
  }
}
