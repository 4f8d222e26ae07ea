package org.evenhand.core;

/**
 * A column of numbers.
 *
 * @param name the column's name
 * @param values one value a row; {@code NaN} marks a missing one
 */
public record NumericColumn(String name, double[] values) implements Column {
  /**
   * A number as people write it, and as the same category in a column of text: whole numbers
   * without a fraction.
   *
   * @param value any number
   */
  public static String written(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

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
