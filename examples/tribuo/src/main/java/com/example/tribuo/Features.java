package com.example.tribuo;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** People as the numbers that the model reads: categories become columns of 0 and 1. */
final class Features {
  private Features() {}

  /**
   * The columns in the order of their names, because that is the order in which Tribuo reads them
   * once the model is exported; the file does not name them.
   */
  static Table of(Table people) {
    List<Column> columns = new ArrayList<>();
    for (Column column : people.columns()) {
      if (column instanceof NumericColumn number) {
        columns.add(scaled(number));
      } else if (column instanceof TextColumn text && !text.name().equals("gender")) {
        text.dictionary().forEach(value -> columns.add(indicator(text, value)));
      }
    }
    columns.sort((one, other) -> one.name().compareTo(other.name()));
    return Table.of(columns);
  }

  /** Stochastic gradient descent wants features of one size. */
  private static NumericColumn scaled(NumericColumn column) {
    double unit = column.name().equals("income") ? 40_000 : 1;
    double[] scaled = new double[column.rows()];
    for (int row = 0; row < scaled.length; row++) {
      scaled[row] = column.values()[row] / unit;
    }
    return new NumericColumn(column.name(), scaled);
  }

  private static NumericColumn indicator(TextColumn column, String value) {
    double[] indicator = new double[column.rows()];
    for (int row = 0; row < indicator.length; row++) {
      indicator[row] = column.value(row).equals(value) ? 1 : 0;
    }
    return new NumericColumn(column.name() + "=" + value, indicator);
  }

  static double[] row(Table features, int row) {
    return features.columns().stream()
        .mapToDouble(column -> ((NumericColumn) column).values()[row])
        .toArray();
  }
}
