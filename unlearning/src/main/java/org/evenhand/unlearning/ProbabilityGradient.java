package org.evenhand.unlearning;

/** The gradient of a weighted sum of probabilities, Σ c_i p_k(i)(φ_i), in a head's parameters. */
final class ProbabilityGradient {
  private ProbabilityGradient() {}

  /**
   * Σ c_i p_k(i) (e_k(i) − p) φᵀ.
   *
   * @param shape how parameters make a head
   * @param rows the features
   * @param p probabilities of the rows, rows × K
   * @param classes k(i), one per row
   * @param coefficients c_i, one per row
   */
  static double[] of(
      HeadShape shape, HeadRows rows, double[] p, int[] classes, double[] coefficients) {
    int outputs = shape.outputs();
    double[] perLogit = new double[rows.rows() * outputs];
    for (int row = 0; row < rows.rows(); row++) {
      double scale = coefficients[row] * p[row * shape.classes() + classes[row]];
      for (int output = 0; output < outputs; output++) {
        int k = output + shape.fixed();
        double ofClass = k == classes[row] ? 1 : 0;
        perLogit[row * outputs + output] = scale * (ofClass - p[row * shape.classes() + k]);
      }
    }
    return Blas.transposedTimes(perLogit, rows.features(), outputs, shape.width(), rows.rows());
  }
}
