package org.evenhand.unlearning;

import java.util.Arrays;

/**
 * Logistic regression with an ℓ1 penalty: the minimum over u and b of Σ w·log(1 + exp(∓(x·u + b)))
 * + λ‖u‖₁, where the intercept b is not penalised. Newton's method, each quadratic model minimised
 * with the penalty by coordinate descent (Friedman, Hastie and Tibshirani 2010).
 */
final class SparseLogistic {
  private static final int MOST_STEPS = 100;
  private static final int MOST_PASSES = 10_000;

  /** Of the optimality conditions, in units of λ. */
  private static final double SOLVED = 1e-10;

  private final HeadRows rows;
  private final int positive;
  private final boolean intercept;

  /**
   * A problem.
   *
   * @param rows their features; the last one is a constant 1 if there is an intercept
   * @param positive the class that is told from all others
   * @param intercept whether the last coefficient is not penalised
   */
  SparseLogistic(HeadRows rows, int positive, boolean intercept) {
    this.rows = rows;
    this.positive = positive;
    this.intercept = intercept;
  }

  private double penalty(int coefficient, double lambda) {
    return intercept && coefficient == rows.width() - 1 ? 0 : lambda;
  }

  /**
   * The coefficients of the minimum.
   *
   * @param lambda λ, positive
   * @param start where to begin, one per feature
   */
  double[] minimum(double lambda, double[] start) {
    double[] at = start.clone();
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] chances = chances(at);
      double[] gradient = gradient(chances);
      if (violation(at, gradient, lambda) <= SOLVED * lambda) {
        break;
      }
      double[] change = change(at, gradient, hessian(chances), lambda);
      at = lower(at, change, gradient, lambda);
    }
    return at;
  }

  /**
   * By how much the conditions of a minimum are missed, at most: the gradient of the loss is −λ
   * times the sign of a coefficient, and within ±λ of one that is zero.
   */
  double violation(double[] at, double lambda) {
    return violation(at, gradient(chances(at)), lambda);
  }

  private double violation(double[] at, double[] gradient, double lambda) {
    double most = 0;
    for (int j = 0; j < at.length; j++) {
      double penalty = penalty(j, lambda);
      double off =
          at[j] == 0
              ? Math.max(0, Math.abs(gradient[j]) - penalty)
              : Math.abs(gradient[j] + penalty * Math.signum(at[j]));
      most = Math.max(most, off);
    }
    return most;
  }

  private double[] chances(double[] at) {
    double[] chances = Blas.timesTransposed(rows.features(), at, rows.rows(), 1, rows.width());
    Arrays.setAll(chances, row -> 1 / (1 + Math.exp(-chances[row])));
    return chances;
  }

  private double[] gradient(double[] chances) {
    int width = rows.width();
    double[] gradient = new double[width];
    for (int row = 0; row < chances.length; row++) {
      double off = rows.weights()[row] * (chances[row] - (rows.targets()[row] == positive ? 1 : 0));
      for (int j = 0; j < width; j++) {
        gradient[j] += off * rows.features()[row * width + j];
      }
    }
    return gradient;
  }

  /** Full and symmetric. */
  private double[] hessian(double[] chances) {
    int width = rows.width();
    double[] scaled = new double[chances.length * width];
    for (int row = 0; row < chances.length; row++) {
      double root = Math.sqrt(rows.weights()[row] * chances[row] * (1 - chances[row]));
      for (int j = 0; j < width; j++) {
        scaled[row * width + j] = root * rows.features()[row * width + j];
      }
    }
    double[] hessian = new double[width * width];
    Blas.addGram(1, scaled, chances.length, width, hessian);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < i; j++) {
        hessian[i * width + j] = hessian[j * width + i];
      }
    }
    return hessian;
  }

  /** The step to the minimum of the quadratic model with the penalty. */
  private double[] change(double[] at, double[] gradient, double[] hessian, double lambda) {
    int width = at.length;
    double[] change = new double[width];
    double[] slope = gradient.clone();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      double largest = 0;
      for (int j = 0; j < width; j++) {
        double curvature = hessian[j * width + j];
        if (curvature > 0) {
          double now = at[j] + change[j];
          double next = shrunk(now - slope[j] / curvature, penalty(j, lambda) / curvature);
          double moved = next - now;
          if (moved != 0) {
            change[j] += moved;
            for (int k = 0; k < width; k++) {
              slope[k] += moved * hessian[j * width + k];
            }
            largest = Math.max(largest, Math.abs(moved) * curvature);
          }
        }
      }
      if (largest <= SOLVED * lambda / 10) {
        break;
      }
    }
    return change;
  }

  private static double shrunk(double value, double by) {
    return Math.signum(value) * Math.max(0, Math.abs(value) - by);
  }

  /** The step, halved until the value falls by a share of what the model promises. */
  private double[] lower(double[] at, double[] change, double[] gradient, double lambda) {
    double[] next = Vectors.plus(at, 1, change);
    double promised =
        Vectors.dot(gradient, change) + penalties(next, lambda) - penalties(at, lambda);
    double value = value(at, lambda);
    // So near to the minimum the value does not tell a good step from rounding.
    if (-promised <= 1e-10 * Math.max(1, value)) {
      return next;
    }
    double length = 1;
    while (!(value(next, lambda) <= value + 1e-4 * length * promised) && length > 1e-8) {
      length /= 2;
      next = Vectors.plus(at, length, change);
    }
    return next;
  }

  private double penalties(double[] at, double lambda) {
    double sum = 0;
    for (int j = 0; j < at.length; j++) {
      sum += penalty(j, lambda) * Math.abs(at[j]);
    }
    return sum;
  }

  private double value(double[] at, double lambda) {
    double[] logits = Blas.timesTransposed(rows.features(), at, rows.rows(), 1, rows.width());
    double sum = penalties(at, lambda);
    for (int row = 0; row < logits.length; row++) {
      double margin = rows.targets()[row] == positive ? logits[row] : -logits[row];
      sum += rows.weights()[row] * (Math.log1p(Math.exp(-Math.abs(margin))) - Math.min(0, margin));
    }
    return sum;
  }
}
