package org.evenhand.unlearning;

/**
 * The training loss of a head, summed over weighted rows: L = Σ w_i (−log p_y(φ_i)), with exact
 * first and second derivatives: ∂L/∂w_c = Σ w_i·(p_c − δ_cy)·φ_i and ∂²L/∂w_c∂w_c' = Σ
 * w_i·p_c·(δ_cc' − p_c')·φ_i·φ_iᵀ.
 */
final class CrossEntropy {
  /** The square of one more does not fit into a buffer of 2³¹ bytes. */
  private static final int MOST_PARAMETERS = 16_383;

  private final HeadShape shape;

  CrossEntropy(HeadShape shape) {
    this.shape = shape;
  }

  double value(double[] parameters, HeadRows rows) {
    double[] p = shape.probabilities(parameters, rows);
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double ofTarget = p[row * shape.classes() + rows.targets()[row]];
      sum -= rows.weights()[row] * Math.log(Math.max(ofTarget, Double.MIN_NORMAL));
    }
    return sum;
  }

  /** Σ w_i (p − e_y) φᵀ: P. */
  double[] gradient(double[] parameters, HeadRows rows) {
    return Blas.transposedTimes(
        residuals(parameters, rows), rows.features(), shape.outputs(), shape.width(), rows.rows());
  }

  /** w_i (p − e_y) of the free outputs: rows × O. */
  double[] residuals(double[] parameters, HeadRows rows) {
    double[] p = shape.probabilities(parameters, rows);
    int outputs = shape.outputs();
    double[] residuals = new double[rows.rows() * outputs];
    for (int row = 0; row < rows.rows(); row++) {
      for (int output = 0; output < outputs; output++) {
        int k = output + shape.fixed();
        double truth = rows.targets()[row] == k ? 1 : 0;
        residuals[row * outputs + output] =
            rows.weights()[row] * (p[row * shape.classes() + k] - truth);
      }
    }
    return residuals;
  }

  /**
   * The Hessian: blocks Σ w_i p_c (δ_cc' − p_c') φφᵀ, upper half of P × P. Targets play no part.
   *
   * @throws UnlearningException if the head is too large
   */
  double[] hessian(double[] parameters, HeadRows rows) {
    if (shape.parameters() > MOST_PARAMETERS) {
      throw new UnlearningException(
          "The head has %d parameters, and its Hessian would not fit into memory; at most %d can be edited: use erase."
              .formatted(shape.parameters(), MOST_PARAMETERS));
    }
    return PairSums.hessian(shape, shape.probabilities(parameters, rows), rows);
  }
}
