package org.evenhand.unlearning;

import java.nio.DoubleBuffer;
import java.util.List;

/**
 * The training loss of a head, summed over weighted rows: L = Σ w_i (−log p_y(φ_i)), with exact
 * first and second derivatives (spec 1.5).
 */
final class CrossEntropy {
  /** Rows whose products are formed together: enough for BLAS, few enough for the cache. */
  private static final int PART = 512;

  /**
   * Rows are divided into so many stripes, whatever the number of threads, so that sums do not
   * depend on it.
   */
  private static final int STRIPES = 4;

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
   * <p>All blocks together are one symmetric product of rows (p_1 φ, …, p_O φ): twice the
   * arithmetic of a product for every block, but one that BLAS does at nearly its full speed and
   * that needs the rows scaled once. The blocks on the diagonal are formed apart, so that an answer
   * that is all but certain keeps the digits of p (1 − p). The blocks of one output and all others
   * sum to zero where every class has an output, so that those of the last output need no products.
   *
   * @throws UnlearningException if the head is too large
   */
  double[] hessian(double[] parameters, HeadRows rows) {
    if (shape.parameters() > MOST_PARAMETERS) {
      throw new UnlearningException(
          "The head has %d parameters, and its Hessian would not fit into memory; at most %d can be edited: use erase."
              .formatted(shape.parameters(), MOST_PARAMETERS));
    }
    int free = shape.fixed() > 0 ? shape.outputs() : shape.outputs() - 1;
    double[] p = shape.probabilities(parameters, rows);
    double[] hessian = new double[shape.parameters() * shape.parameters()];
    if (free > 1) {
      placeProducts(hessian, free, gram(rootedProbabilities(p, free, rows), free, rows));
    }
    for (int a = 0; a < free; a++) {
      place(hessian, a, a, gram(rootedVariances(p, a, rows), 1, rows));
    }
    if (free < shape.outputs()) {
      completeLastOutput(hessian);
    }
    return hessian;
  }

  /** √w p_a of the first outputs: rows × free. */
  private double[] rootedProbabilities(double[] p, int free, HeadRows rows) {
    double[] rooted = new double[rows.rows() * free];
    for (int row = 0; row < rows.rows(); row++) {
      double root = Math.sqrt(rows.weights()[row]);
      for (int a = 0; a < free; a++) {
        rooted[row * free + a] = root * p[row * shape.classes() + a + shape.fixed()];
      }
    }
    return rooted;
  }

  /** √(w p_a (1 − p_a)), one a row. */
  private double[] rootedVariances(double[] p, int a, HeadRows rows) {
    double[] rooted = new double[rows.rows()];
    for (int row = 0; row < rooted.length; row++) {
      double pa = p[row * shape.classes() + a + shape.fixed()];
      rooted[row] = Math.sqrt(rows.weights()[row] * pa * (1 - pa));
    }
    return rooted;
  }

  /**
   * The sum of yyᵀ over rows y = (c_1 φ, …, c_m φ): upper half of mD × mD.
   *
   * @param coefficients c, rows × m
   */
  private static double[] gram(double[] coefficients, int m, HeadRows rows) {
    int stripe = Math.max(PART, (rows.rows() + STRIPES - 1) / STRIPES);
    List<double[]> grams =
        Blas.inParallel(STRIPES, i -> gram(coefficients, m, rows, i * stripe, stripe));
    double[] sum = new double[m * rows.width() * m * rows.width()];
    for (double[] gram : grams) {
      for (int i = 0; i < gram.length; i++) {
        sum[i] += gram[i];
      }
    }
    return sum;
  }

  /** That of some rows; nothing if there are none. */
  private static double[] gram(double[] coefficients, int m, HeadRows rows, int first, int most) {
    int size = m * rows.width();
    int end = Math.min(first + most, rows.rows());
    if (first >= end) {
      return new double[0];
    }
    DoubleBuffer sum = Scratch.allocate(size * size);
    double[] part = new double[Math.min(PART, end - first) * size];
    for (int from = first; from < end; from += PART) {
      int count = Math.min(PART, end - from);
      scale(rows, from, count, coefficients, m, part);
      Blas.addGram(part, count, size, sum);
    }
    double[] gram = new double[size * size];
    sum.get(0, gram);
    return gram;
  }

  private static void scale(
      HeadRows rows, int from, int count, double[] coefficients, int m, double[] scaled) {
    int width = rows.width();
    double[] features = rows.features();
    for (int i = 0; i < count; i++) {
      for (int a = 0; a < m; a++) {
        double coefficient = coefficients[(from + i) * m + a];
        int to = (i * m + a) * width;
        int start = (from + i) * width;
        for (int j = 0; j < width; j++) {
          scaled[to + j] = coefficient * features[start + j];
        }
      }
    }
  }

  /** Puts the blocks of all pairs of free outputs, negative. */
  private void placeProducts(double[] hessian, int free, double[] products) {
    int size = free * shape.width();
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        hessian[i * shape.parameters() + j] = -products[i * size + j];
      }
    }
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
