package org.evenhand.core;

import java.util.function.DoubleBinaryOperator;

/**
 * Numbers, rows × width, row-major; a single row stands for as many equal ones as are needed.
 *
 * @param values rows × width
 * @param width at least one
 */
record Rows(double[] values, int width) {
  double at(int row, int column) {
    return values.length == width ? values[column] : values[row * width + column];
  }

  /** Both of the same width; the result has as many rows as the longer one. */
  Rows with(Rows other, DoubleBinaryOperator operation) {
    double[] result = new double[Math.max(values.length, other.values.length)];
    for (int i = 0; i < result.length; i++) {
      int row = i / width;
      int column = i % width;
      result[i] = operation.applyAsDouble(at(row, column), other.at(row, column));
    }
    return new Rows(result, width);
  }
}
