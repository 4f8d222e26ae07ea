package org.evenhand.unlearning;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dsymv;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.util.OptionalDouble;
import org.bytedeco.openblas.global.openblas;

/** The dense linear algebra that is needed, by OpenBLAS. All matrices are row-major. */
final class Blas {
  /**
   * LAPACK counts by columns, so that our upper half is its lower one and nothing is transposed.
   */
  private static final byte LOWER_OF_TRANSPOSED = 'L';

  private Blas() {}

  /** How many threads OpenBLAS uses from now on; results differ by rounding at most. */
  static void threads(int threads) {
    openblas.blas_set_num_threads(threads);
  }

  /** {@code a · bᵀ} of an m×k and an n×k matrix: m×n. */
  static double[] timesTransposed(double[] a, double[] b, int m, int n, int k) {
    double[] product = new double[m * n];
    if (m > 0) {
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, k, b, k, 0, product, n);
    }
    return product;
  }

  /** {@code aᵀ · b} of a k×m and a k×n matrix: m×n. */
  static double[] transposedTimes(double[] a, double[] b, int m, int n, int k) {
    double[] product = new double[m * n];
    if (k > 0) {
      cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, m, b, n, 0, product, n);
    }
    return product;
  }

  /** Adds {@code scale · aᵀa} of the first k rows of a k×n matrix to the upper half of n×n. */
  static void addGram(double scale, double[] a, int k, int n, double[] sum) {
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, n, k, scale, a, n, 1, sum, n);
  }

  /** {@code a · x} of a symmetric n×n matrix whose upper half is given. */
  static double[] symmetricTimes(double[] a, double[] x, int n) {
    double[] product = new double[n];
    cblas_dsymv(CblasRowMajor, CblasUpper, n, 1, a, n, x, 1, 0, product, 1);
    return product;
  }

  /** {@code aᵀ · x} of an m×n matrix: n. */
  static double[] transposedTimes(double[] a, double[] x, int m, int n) {
    double[] product = new double[n];
    if (m > 0) {
      cblas_dgemv(CblasRowMajor, CblasTrans, m, n, 1, a, n, x, 1, 0, product, 1);
    }
    return product;
  }

  /**
   * Replaces the upper half of a symmetric n×n matrix by its Cholesky factor.
   *
   * @return the reciprocal of the condition number in the 1-norm, estimated; empty if the matrix is
   *     not positive definite
   */
  static OptionalDouble factorise(double[] a, int n) {
    double norm = symmetricNorm(a, n);
    int failed = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, LOWER_OF_TRANSPOSED, n, a, n);
    if (failed != 0) {
      return OptionalDouble.empty();
    }
    double[] reciprocal = new double[1];
    openblas.LAPACKE_dpocon(
        openblas.LAPACK_COL_MAJOR, LOWER_OF_TRANSPOSED, n, a, n, norm, reciprocal);
    return OptionalDouble.of(reciprocal[0]);
  }

  private static double symmetricNorm(double[] a, int n) {
    double[] columns = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double size = Math.abs(a[i * n + j]);
        columns[j] += size;
        columns[i] += i == j ? 0 : size;
      }
    }
    double norm = 0;
    for (double column : columns) {
      norm = Math.max(norm, column);
    }
    return norm;
  }

  /** Solves with a factor from {@link #factorise}. */
  static double[] solve(double[] factor, double[] rightSide, int n) {
    double[] solution = rightSide.clone();
    openblas.LAPACKE_dpotrs(
        openblas.LAPACK_COL_MAJOR, LOWER_OF_TRANSPOSED, n, 1, factor, n, solution, n);
    return solution;
  }
}
