package org.evenhand.unlearning;

/**
 * The training loss of a head, summed over weighted rows: L = Σ w_i (−log p_y(φ_i)), with exact
 * first and second derivatives (spec 1.5).
 */
final class CrossEntropy {
  /** Rows whose products are formed together: large enough for BLAS, small enough for memory. */
  private static final int BLOCK = 2048;

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
   * <p>The blocks of one output and all others sum to zero where every class has an output, so that
   * those of the last output need no products of their own.
   */
  double[] hessian(double[] parameters, HeadRows rows) {
    int free = shape.fixed() > 0 ? shape.outputs() : shape.outputs() - 1;
    double[] p = shape.probabilities(parameters, rows);
    double[] hessian = new double[shape.parameters() * shape.parameters()];
    for (int a = 0; a < free; a++) {
      for (int b = a; b < free; b++) {
        place(hessian, a, b, block(p, a + shape.fixed(), b + shape.fixed(), rows));
      }
    }
    if (free < shape.outputs()) {
      completeLastOutput(hessian);
    }
    return hessian;
  }

  /** One block, D × D, whose upper half is set: by symmetric products of rows scaled by roots. */
  private double[] block(double[] p, int a, int b, HeadRows rows) {
    int width = shape.width();
    double[] sum = new double[width * width];
    double[] scaled = new double[Math.min(BLOCK, rows.rows()) * width];
    for (int from = 0; from < rows.rows(); from += BLOCK) {
      int to = Math.min(from + BLOCK, rows.rows());
      for (int row = from; row < to; row++) {
        double pa = p[row * shape.classes() + a];
        double curvature = a == b ? pa * (1 - pa) : pa * p[row * shape.classes() + b];
        double root = Math.sqrt(rows.weights()[row] * curvature);
        for (int j = 0; j < width; j++) {
          scaled[(row - from) * width + j] = root * rows.features()[row * width + j];
        }
      }
      Blas.addGram(a == b ? 1 : -1, scaled, to - from, width, sum);
    }
    return sum;
  }

  /** Puts a symmetric block at (a, b), a ≤ b; below the diagonal of a diagonal block nothing. */
  private void place(double[] hessian, int a, int b, double[] block) {
    int width = shape.width();
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        if (a != b || j >= i) {
          double value = j >= i ? block[i * width + j] : block[j * width + i];
          hessian[(a * width + i) * shape.parameters() + b * width + j] = value;
        }
      }
    }
  }

  private void completeLastOutput(double[] hessian) {
    int last = shape.outputs() - 1;
    int width = shape.width();
    double[] lastDiagonal = new double[width * width];
    for (int a = 0; a < last; a++) {
      double[] sum = new double[width * width];
      for (int b = 0; b < last; b++) {
        subtractBlock(hessian, Math.min(a, b), Math.max(a, b), sum);
      }
      place(hessian, a, last, sum);
      for (int i = 0; i < lastDiagonal.length; i++) {
        lastDiagonal[i] -= sum[i];
      }
    }
    place(hessian, last, last, lastDiagonal);
  }

  /** Subtracts the upper half of the block at (a, b). */
  private void subtractBlock(double[] hessian, int a, int b, double[] from) {
    int width = shape.width();
    for (int i = 0; i < width; i++) {
      int start = (a * width + i) * shape.parameters() + b * width;
      for (int j = i; j < width; j++) {
        from[i * width + j] -= hessian[start + j];
      }
    }
  }
}
