package org.evenhand.unlearning;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;

/**
 * The dense linear algebra that is needed, by OpenBLAS. All matrices are row-major.
 *
 * <p>Given arrays, JavaCPP copies them whole for every call; direct buffers it passes as they are.
 * So rows are handed over in parts, through a buffer that stays in the processor's cache, and a
 * factor never leaves its buffer.
 */
final class Blas {
  /** Numbers handed over at a time: 1 MiB. */
  private static final int PART = 1 << 17;

  /**
   * LAPACK counts by columns, so that our upper half is its lower one and nothing is transposed.
   */
  private static final byte LOWER_OF_TRANSPOSED = 'L';

  private static volatile ForkJoinPool pool =
      new ForkJoinPool(Runtime.getRuntime().availableProcessors());

  private Blas() {}

  /** How many threads {@link #inParallel} uses from now on. */
  static void threads(int threads) {
    pool = new ForkJoinPool(threads);
  }

  /** What a task gives for 0 … count − 1, in this order. */
  static <T> List<T> inParallel(int count, IntFunction<T> task) {
    ForkJoinPool used = pool;
    return used.getParallelism() == 1
        ? IntStream.range(0, count).mapToObj(task).toList()
        : used.submit(() -> IntStream.range(0, count).parallel().mapToObj(task).toList()).join();
  }

  /** {@code a · bᵀ} of an m×k and an n×k matrix: m×n. */
  static double[] timesTransposed(double[] a, double[] b, int m, int n, int k) {
    OpenBlas.require();
    int part = Math.max(1, PART / k);
    DoubleBuffer right = Scratch.RIGHT.holding(b, 0, n * k);
    double[] product = new double[m * n];
    for (int from = 0; from < m; from += part) {
      int rows = Math.min(part, m - from);
      DoubleBuffer left = Scratch.LEFT.holding(a, from * k, rows * k);
      DoubleBuffer result = Scratch.RESULT.of(rows * n);
      cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, rows, n, k, 1, left, k, right, k, 0, result, n);
      result.get(0, product, from * n, rows * n);
    }
    return product;
  }

  /** {@code aᵀ · b} of a k×m and a k×n matrix: m×n. */
  static double[] transposedTimes(double[] a, double[] b, int m, int n, int k) {
    OpenBlas.require();
    int part = Math.max(1, PART / Math.max(m, n));
    double[] product = new double[m * n];
    DoubleBuffer sum = Scratch.RESULT.holding(product, 0, m * n);
    for (int from = 0; from < k; from += part) {
      int rows = Math.min(part, k - from);
      DoubleBuffer left = Scratch.LEFT.holding(a, from * m, rows * m);
      DoubleBuffer right = Scratch.RIGHT.holding(b, from * n, rows * n);
      cblas_dgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, m, n, rows, 1, left, m, right, n, 1, sum, n);
    }
    sum.get(0, product);
    return product;
  }

  /**
   * Adds {@code a · bᵀ} of an m×k and an n×k matrix to m×n.
   *
   * @param stride from one row to the next in a and in b; at least k
   */
  static void addTimesTransposed(
      DoubleBuffer a, DoubleBuffer b, int m, int n, int k, int stride, DoubleBuffer sum) {
    OpenBlas.require();
    cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, stride, b, stride, 1, sum, n);
  }

  /** Adds {@code scale · aᵀa} of the first k rows of a k×n matrix to the upper half of n×n. */
  static void addGram(double scale, double[] a, int k, int n, double[] sum) {
    OpenBlas.require();
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, n, k, scale, a, n, 1, sum, n);
  }

  /** {@code a · x} of a symmetric n×n matrix whose upper half is given. */
  static double[] symmetricTimes(double[] a, double[] x, int n) {
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = a[i * n + i] * x[i];
      for (int j = i + 1; j < n; j++) {
        double value = a[i * n + j];
        sum += value * x[j];
        product[j] += value * x[i];
      }
      product[i] += sum;
    }
    return product;
  }

  /**
   * The Cholesky factor of a symmetric n×n matrix plus {@code ridge · I}.
   *
   * @param a its upper half is read
   * @return empty if the sum is not positive definite, or so nearly not that only rounding decides:
   *     some column is, to n units of rounding, a combination of those before it
   */
  static Optional<DoubleBuffer> factor(double[] a, int n, double ridge) {
    OpenBlas.require();
    DoubleBuffer factor = Scratch.allocate(n * n);
    factor.put(0, a, 0, n * n);
    for (int i = 0; i < n; i++) {
      factor.put(i * n + i, a[i * n + i] + ridge);
    }
    int failed =
        openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, LOWER_OF_TRANSPOSED, n, factor, n);
    if (failed != 0) {
      return Optional.empty();
    }
    for (int i = 0; i < n; i++) {
      double pivot = factor.get(i * n + i);
      if (!(pivot * pivot > n * Math.ulp(1.0) * (a[i * n + i] + ridge))) {
        return Optional.empty();
      }
    }
    return Optional.of(factor);
  }

  /** Solves with a factor from {@link #factor}. */
  static double[] solve(DoubleBuffer factor, double[] rightSide, int n) {
    DoubleBuffer solution = Scratch.RIGHT.holding(rightSide, 0, n);
    openblas.LAPACKE_dpotrs(
        openblas.LAPACK_COL_MAJOR, LOWER_OF_TRANSPOSED, n, 1, factor, n, solution, n);
    double[] solved = new double[n];
    solution.get(0, solved);
    return solved;
  }

  /** The condition number in the 1-norm, estimated, of what {@link #factor} factored. */
  static double conditionNumber(double[] a, int n, double ridge, DoubleBuffer factor) {
    DoubleBuffer reciprocal = Scratch.RIGHT.of(1);
    openblas.LAPACKE_dpocon(
        openblas.LAPACK_COL_MAJOR,
        LOWER_OF_TRANSPOSED,
        n,
        factor,
        n,
        norm(a, n, ridge),
        reciprocal);
    return 1 / reciprocal.get(0);
  }

  private static double norm(double[] a, int n, double ridge) {
    double[] columns = new double[n];
    for (int i = 0; i < n; i++) {
      columns[i] += Math.abs(a[i * n + i] + ridge);
      for (int j = i + 1; j < n; j++) {
        double size = Math.abs(a[i * n + j]);
        columns[j] += size;
        columns[i] += size;
      }
    }
    return Arrays.stream(columns).max().orElse(0);
  }
}
