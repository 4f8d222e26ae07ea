package org.evenhand.eraser;

import org.evenhand.core.LogSpace;

/**
 * Group-balanced regression of the true class on the deployed model's log-probabilities F, with an
 * offset that is linear in features φ of the row: min over a, W of Σ_i w_i·CE(t_i, softmax(a·F(x_i)
 * − Σ_j φ_j(x_i)·W_j)) + ½·Σ_j λ_j·‖W_j − a·P_j‖², w_i = 1/n_{t,b}. Convex; solved by Newton's
 * method. The unknowns are a, then W row by row.
 *
 * <p>The prior P is scaled by a, so that decisions do not change with the temperature of F.
 */
final class BalancedRegression {
  private static final int MAX_STEPS = 50;
  private static final double TOLERANCE = 1e-10;

  private final int rows;
  private final int classes;
  private final int features;
  private final int unknowns;
  private final double[] logs;
  private final double[] phi;
  private final int[] targets;
  private final double[] weights;
  private final double[] prior;
  private final double[] pull;

  private BalancedRegression(Calibration calibration, double[] phi, double[] prior, double[] pull) {
    this.rows = calibration.rows();
    this.classes = calibration.classes();
    this.features = pull.length;
    this.unknowns = 1 + features * classes;
    this.logs = calibration.centredLogProbabilities();
    this.phi = phi;
    this.targets = calibration.target().codes();
    this.weights = calibration.groupBalancedWeights();
    this.prior = prior;
    this.pull = pull;
  }

  /**
   * Fits the regression and gives the offset on the scale of F: W / a.
   *
   * @param calibration the rows
   * @param phi rows × features, row-major
   * @param prior P, features × K
   * @param pull λ, one per feature, positive
   * @return features × K
   * @throws EraserException if F says nothing about the class once the groups are balanced
   */
  static double[] offsets(Calibration calibration, double[] phi, double[] prior, double[] pull) {
    double[] solution = new BalancedRegression(calibration, phi, prior, pull).minimize();
    double scale = solution[0];
    if (!(scale > 1e-3)) {
      throw new EraserException(
          "The model's answers say nothing about '%s' once '%s' is balanced; there is nothing left to correct."
              .formatted(calibration.target().name(), calibration.attribute().name()));
    }
    double[] offsets = new double[solution.length - 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = solution[i + 1] / scale;
    }
    return offsets;
  }

  private double[] minimize() {
    double[] point = new double[unknowns];
    point[0] = 1;
    System.arraycopy(prior, 0, point, 1, prior.length);
    double value = objective(point);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = new double[unknowns];
      double[] hessian = new double[unknowns * unknowns];
      derivatives(point, direction, hessian);
      double[] gradient = direction.clone();
      Cholesky.solve(hessian, unknowns, direction, 1);
      double decrement = 0;
      for (int i = 0; i < unknowns; i++) {
        decrement += gradient[i] * direction[i];
      }
      if (decrement < TOLERANCE) {
        break;
      }
      double length = 1;
      double[] next = moved(point, direction, length);
      double nextValue = objective(next);
      while (nextValue > value - 0.25 * length * decrement && length > 1e-8) {
        length /= 2;
        next = moved(point, direction, length);
        nextValue = objective(next);
      }
      point = next;
      value = nextValue;
    }
    return point;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * direction[i];
    }
    return to;
  }

  private void logits(double[] point, int row, double[] out) {
    for (int k = 0; k < classes; k++) {
      double sum = point[0] * logs[row * classes + k];
      for (int j = 0; j < features; j++) {
        sum -= phi[row * features + j] * point[1 + j * classes + k];
      }
      out[k] = sum;
    }
    LogSpace.normalizeRows(out, classes);
  }

  private double objective(double[] point) {
    double sum = 0;
    double[] logProbabilities = new double[classes];
    for (int row = 0; row < rows; row++) {
      logits(point, row, logProbabilities);
      sum -= weights[row] * logProbabilities[targets[row]];
    }
    for (int i = 0; i < prior.length; i++) {
      double off = point[1 + i] - point[0] * prior[i];
      sum += 0.5 * pull[i / classes] * off * off;
    }
    return sum;
  }

  private void derivatives(double[] point, double[] gradient, double[] hessian) {
    double[] p = new double[classes];
    for (int row = 0; row < rows; row++) {
      logits(point, row, p);
      for (int k = 0; k < classes; k++) {
        p[k] = Math.exp(p[k]);
      }
      addRow(row, p, gradient, hessian);
    }
    addPull(point, gradient, hessian);
  }

  /** The logit of class k is Σ_u x_{k,u}·θ_u with x_{k,0} = F_k and x_{k,(j,k)} = −φ_j. */
  private void addRow(int row, double[] p, double[] gradient, double[] hessian) {
    double weight = weights[row];
    for (int k = 0; k < classes; k++) {
      double residual = weight * (p[k] - (targets[row] == k ? 1 : 0));
      gradient[0] += residual * logs[row * classes + k];
      for (int j = 0; j < features; j++) {
        gradient[1 + j * classes + k] -= residual * phi[row * features + j];
      }
      for (int l = 0; l < classes; l++) {
        double curvature = weight * ((k == l ? p[k] : 0) - p[k] * p[l]);
        addCurvature(row, k, l, curvature, hessian);
      }
    }
  }

  private void addCurvature(int row, int k, int l, double curvature, double[] hessian) {
    double logK = logs[row * classes + k];
    double logL = logs[row * classes + l];
    hessian[0] += curvature * logK * logL;
    for (int j = 0; j < features; j++) {
      double phiJ = phi[row * features + j];
      int kj = 1 + j * classes + k;
      hessian[kj] -= curvature * phiJ * logL;
      hessian[kj * unknowns] -= curvature * phiJ * logL;
      for (int i = 0; i < features; i++) {
        hessian[kj * unknowns + 1 + i * classes + l] += curvature * phiJ * phi[row * features + i];
      }
    }
  }

  private void addPull(double[] point, double[] gradient, double[] hessian) {
    for (int i = 0; i < prior.length; i++) {
      double strength = pull[i / classes];
      double off = point[1 + i] - point[0] * prior[i];
      int at = 1 + i;
      gradient[at] += strength * off;
      gradient[0] -= strength * off * prior[i];
      hessian[at * unknowns + at] += strength;
      hessian[0] += strength * prior[i] * prior[i];
      hessian[at] -= strength * prior[i];
      hessian[at * unknowns] -= strength * prior[i];
    }
  }
}
