package org.evenhand.parquet;

import java.util.Arrays;
import org.duckdb.DuckDBReadableVector;
import org.evenhand.core.NumericColumn;

/** Gathers DOUBLEs; NULL becomes NaN. */
final class NumberReader implements ColumnReader {
  private final String name;
  private final String expression;
  private double[] values = new double[1024];
  private int rows;

  NumberReader(String name, String expression) {
    this.name = name;
    this.expression = expression;
  }

  @Override
  public String expression() {
    return expression;
  }

  @Override
  public void add(DuckDBReadableVector chunk) {
    int size = (int) chunk.rowCount();
    if (rows + size > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * rows, rows + size));
    }
    for (int i = 0; i < size; i++) {
      values[rows++] = chunk.getDouble(i, Double.NaN);
    }
  }

  @Override
  public NumericColumn column() {
    return new NumericColumn(name, Arrays.copyOf(values, rows));
  }
}
