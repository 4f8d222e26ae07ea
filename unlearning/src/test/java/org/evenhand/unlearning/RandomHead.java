package org.evenhand.unlearning;

import java.util.Random;

/**
 * A random head with random rows; pairs differ in their second feature.
 *
 * @param shape of the head
 * @param parameters θ
 * @param rows with random targets and weights
 */
record RandomHead(HeadShape shape, double[] parameters, HeadRows rows) {
  RandomHead(HeadShape shape, int rows, long seed) {
    this(shape, gaussians(shape.parameters(), seed), rows(shape, rows, seed + 1000));
  }

  private static HeadRows rows(HeadShape shape, int rows, long seed) {
    Random random = new Random(seed);
    int[] targets = random.ints(rows, 0, shape.classes()).toArray();
    double[] weights = random.doubles(rows, 0.5, 2).toArray();
    return new HeadRows(shape.width(), gaussians(rows * shape.width(), seed + 1), targets, weights);
  }

  private static double[] gaussians(int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  PairRows pairs() {
    double[] flipped = rows.features().clone();
    int[] from = new int[rows.rows()];
    int[] to = new int[rows.rows()];
    for (int row = 0; row < rows.rows(); row++) {
      int at = row * shape.width() + 1;
      from[row] = flipped[at] > 0 ? 1 : 0;
      to[row] = 1 - from[row];
      flipped[at] = -flipped[at];
    }
    return new PairRows(
        rows, new HeadRows(shape.width(), flipped, rows.targets(), rows.weights()), from, to);
  }

  int[] groups(int count) {
    return new Random(rows.rows()).ints(rows.rows(), 0, count).toArray();
  }
}
