package org.evenhand.eraser;

/**
 * Solves the small symmetric positive definite systems of the rule tables; a dozen unknowns need no
 * BLAS.
 */
final class Cholesky {
  private Cholesky() {}

  /**
   * Solves A·X = R in place.
   *
   * @param matrix n × n, row-major, symmetric positive definite; overwritten by its factor
   * @param size n
   * @param right n × columns, row-major; overwritten by X
   * @param columns number of right-hand sides
   * @throws EraserException if the matrix is not positive definite
   */
  static void solve(double[] matrix, int size, double[] right, int columns) {
    factor(matrix, size);
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < size; i++) {
        double sum = right[i * columns + c];
        for (int j = 0; j < i; j++) {
          sum -= matrix[i * size + j] * right[j * columns + c];
        }
        right[i * columns + c] = sum / matrix[i * size + i];
      }
      for (int i = size - 1; i >= 0; i--) {
        double sum = right[i * columns + c];
        for (int j = i + 1; j < size; j++) {
          sum -= matrix[j * size + i] * right[j * columns + c];
        }
        right[i * columns + c] = sum / matrix[i * size + i];
      }
    }
  }

  private static void factor(double[] matrix, int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * size + j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i * size + k] * matrix[j * size + k];
        }
        if (i == j) {
          if (!(sum > 0)) {
            throw new EraserException(
                "The calibration rows leave the rule undetermined (a normal equation is singular); more rows of the"
                    + " smallest groups are needed.");
          }
          matrix[i * size + i] = Math.sqrt(sum);
        } else {
          matrix[i * size + j] = sum / matrix[j * size + j];
        }
      }
    }
  }
}
