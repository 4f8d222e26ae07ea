package org.evenhand.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Tables and labels for tests. */
final class Tables {
  private Tables() {}

  /** Columns x0, x1, … of standard normal numbers. */
  static Table normal(int rows, int columns, long seed) {
    Random random = new Random(seed);
    List<Column> made = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        values[row] = random.nextGaussian();
      }
      made.add(new NumericColumn("x" + j, values));
    }
    return Table.of(made);
  }

  /** Two columns of numbers and two of texts. */
  static Table mixed(int rows, long seed) {
    Random random = new Random(seed);
    List<Column> columns = new ArrayList<>(normal(rows, 2, seed).columns());
    for (String name : List.of("job", "home")) {
      columns.add(
          TextColumn.of(
              name, random.ints(rows, 0, 4).mapToObj(List.of("a", "b", "c", "d")::get).toList()));
    }
    return Table.of(columns);
  }

  /** Random distributions, rows × outputs. */
  static double[] softLabels(int rows, int outputs, long seed) {
    Random random = new Random(seed);
    double[] labels = new double[rows * outputs];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        labels[row * outputs + k] = random.nextDouble();
        sum += labels[row * outputs + k];
      }
      for (int k = 0; k < outputs; k++) {
        labels[row * outputs + k] /= sum;
      }
    }
    return labels;
  }

  static double[] values(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }

  static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Labels that name one output a row. */
  static double[] oneHot(int[] codes, int outputs) {
    double[] labels = new double[codes.length * outputs];
    for (int row = 0; row < codes.length; row++) {
      labels[row * outputs + codes[row]] = 1;
    }
    return labels;
  }
}
