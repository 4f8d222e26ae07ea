package org.evenhand.unlearning;

/** Eight training rows and three pairs: a logistic regression with λn = 0.4, solved elsewhere. */
final class GoldenWorld {
  static final double RIDGE = 0.4;
  static final HeadShape SHAPE = new HeadShape(2, 1, 3);
  static final HeadRows TRAIN =
      rows(
          new double[][] {
            {1, 1, 1},
            {.5, 1, 1},
            {-.5, 1, 1},
            {.8, -1, 1},
            {-1, -1, 1},
            {-.3, -1, 1},
            {.4, -1, 1},
            {-.9, 1, 1}
          },
          1,
          1,
          1,
          1,
          0,
          0,
          0,
          0);
  static final PairRows PAIRS =
      new PairRows(
          rows(new double[][] {{.6, 1, 1}, {-.2, 1, 1}, {.1, -1, 1}}, 1, 1, 0),
          rows(new double[][] {{.6, -1, 1}, {-.2, -1, 1}, {.1, 1, 1}}, 1, 1, 0),
          new int[] {1, 1, 0},
          new int[] {0, 0, 1});

  private GoldenWorld() {}

  static HeadRows rows(double[][] features, int... targets) {
    int width = features[0].length;
    double[] flat = new double[features.length * width];
    double[] weights = new double[features.length];
    for (int row = 0; row < features.length; row++) {
      System.arraycopy(features[row], 0, flat, row * width, width);
      weights[row] = 1;
    }
    return new HeadRows(width, flat, targets, weights);
  }

  /** The training rows with column 2 negated: z̄. */
  static HeadRows flipped(HeadRows rows) {
    double[] features = rows.features().clone();
    for (int row = 0; row < rows.rows(); row++) {
      features[row * 3 + 1] *= -1;
    }
    return new HeadRows(3, features, rows.targets(), rows.weights());
  }

  /** ŵ: the minimum of the ridged training loss without the rows whose weight is zero. */
  static double[] optimum(HeadRows train) {
    return HeadObjective.ridged(SHAPE, train, RIDGE, new double[3]).minimum(new double[3]);
  }

  static HessianSolver solver(double[] parameters) {
    return CholeskySolver.of(
        new CrossEntropy(SHAPE).hessian(parameters, TRAIN), SHAPE.parameters(), RIDGE);
  }
}
