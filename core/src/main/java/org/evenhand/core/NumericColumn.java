package org.evenhand.core;

/**
 * A column of numbers.
 *
 * @param name the column's name
 * @param values one value a row; {@code NaN} marks a missing one
 */
public record NumericColumn(String name, double[] values) implements Column {
  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public NumericColumn select(int[] rows) {
    double[] selected = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = values[rows[i]];
    }
    return new NumericColumn(name, selected);
  }
}
