package org.evenhand.datasets;

import java.util.SplittableRandom;

/** Blur out of focus, and by motion. */
final class Blur {
  /** Radius of the disk, and the deviation of the Gaussian that smooths its edge, in pixels. */
  private static final double[][] FOCUS = {{.5, .6}, {1, .1}, {1.5, .1}, {2.5, .01}, {3, .1}};

  /** Length behind a point, and the deviation of the Gaussian by which it fades, in pixels. */
  private static final double[][] MOTION = {{10, 1}, {10, 1.5}, {10, 2}, {10, 2.5}, {12, 3}};

  private static final double STEEPEST = 45;

  /** The disk's middle in its matrix; no disk is larger. */
  private static final int REACH = 8;

  private Blur() {}

  static void defocus(Picture picture, int severity) {
    Plane disk = disk(FOCUS[severity][0], FOCUS[severity][1]);
    picture.replaceChannels(channel -> weighted(channel, disk));
  }

  static void motion(Picture picture, int severity, SplittableRandom random) {
    double angle = random.nextDouble(-STEEPEST, STEEPEST);
    picture.replaceChannels(
        channel -> moved(channel, MOTION[severity][0], MOTION[severity][1], angle));
  }

  /** All pixels within a radius alike, smoothed by the 3 × 3 pixels of a Gaussian. */
  private static Plane disk(double radius, double deviation) {
    Plane sharp = Plane.empty(2 * REACH + 1);
    int inside = 0;
    for (int y = -REACH; y <= REACH; y++) {
      for (int x = -REACH; x <= REACH; x++) {
        if (x * x + y * y <= radius * radius) {
          sharp.set(y + REACH, x + REACH, 1);
          inside++;
        }
      }
    }
    double beside = Math.exp(-1 / (2 * deviation * deviation));
    double[] line = {beside, 1, beside};
    Plane gaussian = Plane.empty(3);
    for (int i = 0; i < 9; i++) {
      double all = inside * (1 + 2 * beside) * (1 + 2 * beside);
      gaussian.set(i / 3, i % 3, line[i / 3] * line[i % 3] / all);
    }
    return weighted(sharp, gaussian);
  }

  /** The sum of the pixels around each, by weights whose sides are odd. */
  private static Plane weighted(Plane plane, Plane weights) {
    int reach = weights.side() / 2;
    int side = plane.side();
    double[] sums = new double[side * side];
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        float weight = weights.at(y + reach, x + reach);
        // Most of a disk's matrix is empty.
        for (int i = 0; weight != 0 && i < sums.length; i++) {
          sums[i] += weight * plane.atOrMirrored(i / side + y, i % side + x);
        }
      }
    }
    return Plane.of(side, sums);
  }

  /**
   * Motion as ImageMagick blurs it: one half of a Gaussian along a line, at whole pixels.
   *
   * @param plane what is blurred
   * @param radius half as far as the line reaches
   * @param deviation of the Gaussian, in pixels
   * @param degrees of the line, clockwise from the right
   */
  static Plane moved(Plane plane, double radius, double deviation, double degrees) {
    int width = 2 * (int) Math.ceil(radius) + 1;
    double[] weights = new double[width];
    double total = 0;
    for (int i = 0; i < width; i++) {
      weights[i] = Math.exp(-i * i / (2 * deviation * deviation));
      total += weights[i];
    }
    int side = plane.side();
    double[] sums = new double[side * side];
    for (int step = 0; step < width; step++) {
      int right = (int) Math.ceil(step * Math.cos(Math.toRadians(degrees)) - 0.5);
      int down = (int) Math.ceil(step * Math.sin(Math.toRadians(degrees)) - 0.5);
      double weight = weights[step] / total;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * plane.atOrEdge(i / side + down, i % side + right);
      }
    }
    return Plane.of(side, sums);
  }
}
