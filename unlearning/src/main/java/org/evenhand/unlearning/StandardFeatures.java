package org.evenhand.unlearning;

/**
 * How features are standardised: less their mean, over their standard deviation.
 *
 * @param means zeros without an intercept, which alone could make up for them
 * @param scales standard deviations, or 1 of a feature that is constant
 * @param intercept whether the last feature is a constant 1
 */
record StandardFeatures(double[] means, double[] scales, boolean intercept) {
  /**
   * By some rows.
   *
   * @param rows their weights count
   * @param intercept whether their last feature is a constant 1
   */
  static StandardFeatures of(HeadRows rows, boolean intercept) {
    int features = rows.width() - (intercept ? 1 : 0);
    double[] means = new double[features];
    double[] scales = new double[features];
    double total = rows.weight();
    for (int j = 0; j < features; j++) {
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < rows.rows(); row++) {
        double feature = rows.features()[row * rows.width() + j];
        sum += rows.weights()[row] * feature;
      }
      double mean = sum / total;
      for (int row = 0; row < rows.rows(); row++) {
        double off = rows.features()[row * rows.width() + j] - mean;
        squares += rows.weights()[row] * off * off;
      }
      double scale = Math.sqrt(squares / total);
      means[j] = intercept ? mean : 0;
      // What is left of a constant by rounding is none.
      scales[j] = scale > 1e-9 * Math.abs(mean) ? scale : 1;
    }
    return new StandardFeatures(means, scales, intercept);
  }

  /** The rows so standardised. */
  HeadRows of(HeadRows rows) {
    double[] features = rows.features().clone();
    for (int i = 0; i < features.length; i++) {
      int j = i % rows.width();
      if (j < means.length) {
        features[i] = (features[i] - means[j]) / scales[j];
      }
    }
    return new HeadRows(rows.width(), features, rows.targets(), rows.weights());
  }

  /** Coefficients of the features as they are, from those of standardised ones. */
  double[] undone(double[] coefficients) {
    double[] undone = coefficients.clone();
    for (int j = 0; j < means.length; j++) {
      undone[j] = coefficients[j] / scales[j];
      if (intercept) {
        undone[means.length] -= undone[j] * means[j];
      }
    }
    return undone;
  }
}
