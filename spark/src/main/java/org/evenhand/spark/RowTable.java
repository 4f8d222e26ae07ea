package org.evenhand.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.evenhand.core.Column;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.jspecify.annotations.Nullable;

/** Rows of a Dataset as the table that a model is asked about. */
final class RowTable {
  private RowTable() {}

  /**
   * Refuses rows that a model cannot read, before a job is started.
   *
   * @throws EvenhandSparkException if a column is missing or of a type that the model cannot read
   */
  static void requireReadable(List<InputColumn> inputs, RowColumns columns) {
    for (InputColumn input : inputs) {
      if (!columns.names().contains(input.name())) {
        throw new EvenhandSparkException(
            "The model reads column '%s', but the rows have only %s."
                .formatted(input.name(), String.join(", ", columns.names())));
      }
      DataType type = columns.type(input.name());
      boolean number = type instanceof NumericType || type instanceof BooleanType;
      boolean text = number || type instanceof StringType || type instanceof DateType;
      if (!(input.kind() == Kind.NUMBER ? number : text)) {
        throw new EvenhandSparkException(
            "Column '%s' holds values of type %s, but the model reads %s from it; cast it."
                .formatted(input.name(), type.simpleString(), input.kind()));
      }
    }
  }

  /**
   * The columns that a model reads.
   *
   * @param rows with a schema, of types that were required
   */
  static Table of(List<Row> rows, List<InputColumn> inputs) {
    return Table.of(inputs.stream().map(input -> column(rows, input)).collect(Collectors.toList()));
  }

  private static Column column(List<Row> rows, InputColumn input) {
    int at = rows.get(0).fieldIndex(input.name());
    if (input.kind() == Kind.TEXT) {
      List<String> texts = new ArrayList<>(rows.size());
      rows.forEach(row -> texts.add(text(row.get(at))));
      return TextColumn.of(input.name(), texts);
    }
    double[] numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(rows.get(i).get(at));
      if (Double.isInfinite(numbers[i])) {
        throw new EvenhandSparkException(
            "Column '%s' holds %s, which is not finite; make it null if the value is missing."
                .formatted(input.name(), numbers[i]));
      }
    }
    return new NumericColumn(input.name(), numbers);
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** As tables in memory write it. */
  private static String text(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Number number) {
      return Double.isNaN(number.doubleValue()) ? "" : NumericColumn.written(number.doubleValue());
    }
    return value == null ? "" : value.toString();
  }
}
