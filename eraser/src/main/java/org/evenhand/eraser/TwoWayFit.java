package org.evenhand.eraser;

/**
 * Weighted least squares of group means by class effect + bias effect, μ_{t,b} ≈ α_t + β_b, solved
 * directly: with counts N, r_t = Σ_b N_{t,b} and s_b = Σ_t N_{t,b}, the normal equations are
 * [diag(r), N; Nᵀ, diag(s)]·[α; β] = [Σ_b N_{t,b}·μ_{t,b}; Σ_t N_{t,b}·μ_{t,b}].
 *
 * <p>The normal equations have one free constant, fixed by β_0 = 0; the rest is positive definite
 * exactly if classes and values are connected through non-empty groups.
 */
final class TwoWayFit {
  private TwoWayFit() {}

  /**
   * The fitted mean of every group, empty ones included.
   *
   * @param cells connected
   * @return K × |B| × K
   */
  static double[] fit(CellStatistics cells) {
    int classes = cells.classes();
    int values = cells.values();
    int unknowns = classes + values - 1;
    double[] normal = new double[unknowns * unknowns];
    double[] right = new double[unknowns * classes];
    for (int t = 0; t < classes; t++) {
      for (int b = 0; b < values; b++) {
        double size = cells.sizes()[t * values + b];
        int beta = b == 0 ? -1 : classes + b - 1;
        normal[t * unknowns + t] += size;
        if (beta >= 0) {
          normal[beta * unknowns + beta] += size;
          normal[t * unknowns + beta] += size;
          normal[beta * unknowns + t] += size;
        }
        for (int k = 0; k < classes; k++) {
          double sum = size * cells.means()[(t * values + b) * classes + k];
          right[t * classes + k] += sum;
          if (beta >= 0) {
            right[beta * classes + k] += sum;
          }
        }
      }
    }
    Cholesky.solve(normal, unknowns, right, classes);
    return fitted(right, classes, values);
  }

  private static double[] fitted(double[] effects, int classes, int values) {
    double[] fitted = new double[classes * values * classes];
    for (int t = 0; t < classes; t++) {
      for (int b = 0; b < values; b++) {
        for (int k = 0; k < classes; k++) {
          double bias = b == 0 ? 0 : effects[(classes + b - 1) * classes + k];
          fitted[(t * values + b) * classes + k] = effects[t * classes + k] + bias;
        }
      }
    }
    return fitted;
  }
}
