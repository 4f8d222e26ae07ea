package org.evenhand.core;

import java.util.Arrays;

/**
 * Computes formulas about the rows of a table.
 *
 * @param logProbabilities the deployed model's answers, rows × K
 * @param classes K
 * @param inputs what patches are asked about
 */
record RowFormula(double[] logProbabilities, int classes, Table inputs) implements Formula<Rows> {
  @Override
  public Rows answers() {
    return new Rows(logProbabilities, classes);
  }

  @Override
  public Rows probabilities(Patch patch) {
    double[] probabilities = patch.logProbabilities(inputs);
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Math.exp(probabilities[i]);
    }
    return new Rows(probabilities, patch.outputs());
  }

  @Override
  public Rows logProbabilities(Patch patch, double floor) {
    return new Rows(
        LogSpace.atLeast(Math.log(floor), patch.logProbabilities(inputs)), patch.outputs());
  }

  @Override
  public Rows everywhere(float[] values) {
    double[] row = new double[values.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = values[k];
    }
    return new Rows(row, row.length);
  }

  @Override
  public Rows plus(Rows left, Rows right) {
    return left.with(right, Double::sum);
  }

  @Override
  public Rows minus(Rows left, Rows right) {
    return left.with(right, (a, b) -> a - b);
  }

  @Override
  public Rows scaled(Rows tensor, double factor) {
    double[] scaled = tensor.values().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new Rows(scaled, tensor.width());
  }

  @Override
  public Rows times(Rows tensor, float[] matrix, int columns) {
    int width = tensor.width();
    int rows = tensor.values().length / width;
    double[] product = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < width; j++) {
        double factor = tensor.values()[row * width + j];
        for (int k = 0; k < columns; k++) {
          product[row * columns + k] += factor * matrix[j * columns + k];
        }
      }
    }
    return new Rows(product, columns);
  }

  @Override
  public Rows softmax(Rows tensor) {
    double[] logs = tensor.values().clone();
    LogSpace.normalizeRows(logs, tensor.width());
    return new Rows(Arrays.stream(logs).map(Math::exp).toArray(), tensor.width());
  }

  @Override
  public Rows logarithm(Rows tensor, double floor) {
    return new Rows(
        Arrays.stream(tensor.values()).map(value -> Math.log(Math.max(value, floor))).toArray(),
        tensor.width());
  }
}
