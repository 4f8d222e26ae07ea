package org.evenhand.parquet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.CountableTable;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;
import org.evenhand.data.TableOptions;

/**
 * Tables from Parquet files.
 *
 * <p>Integers, floating-point numbers and decimals are numeric columns; strings, dates and times
 * are text, as DuckDB writes them. A null is a missing value; an infinite number is an error. A
 * number that is asked for as text is written as its type has it: an integer as {@code 1}, a DOUBLE
 * as {@code 1.0}, a boolean as {@code True}, unless numbers are asked for: then it is 1 or 0.
 * Nested columns are refused when they are loaded.
 *
 * <pre>{@code
 * Table people = ParquetTable.read(Path.of("people.parquet"), TableOptions.defaults());
 * }</pre>
 */
public final class ParquetTable {
  private ParquetTable() {}

  /**
   * Reads a file, with the same result as the same table in a CSV file.
   *
   * @param path a Parquet file
   * @param options which columns, and of what type; the separator means nothing here
   * @return the loaded columns and all rows, in the file's order
   * @throws ParquetException if it cannot be read, naming the column
   */
  public static Table read(Path path, TableOptions options) {
    try (ParquetFile file = ParquetFile.open(path)) {
      requireLoadable(file);
      List<ColumnReader> readers = new ArrayList<>();
      for (ParquetColumn column : loaded(file, options.columns())) {
        readers.add(reader(file, column, options, "texts_" + readers.size()));
      }
      Table table = read(file, readers, "FROM " + file.source());
      requireFinite(file, table, row -> row + 1L);
      return table;
    }
  }

  /**
   * The names of a file's columns, in their order.
   *
   * @param path a Parquet file
   * @throws ParquetException if it cannot be read
   */
  public static List<String> header(Path path) {
    try (ParquetFile file = ParquetFile.open(path)) {
      return file.columns().stream().map(ParquetColumn::name).toList();
    }
  }

  /**
   * A file as a table whose rows can be counted in one pass.
   *
   * @param path a Parquet file
   * @throws ParquetException if it cannot be read
   */
  public static CountableTable countable(Path path) {
    try (ParquetFile file = ParquetFile.open(path)) {
      long rows = file.rows();
      return new CountableTable() {
        @Override
        public long rows() {
          return rows;
        }

        @Override
        public CountedRows count(Counting counting) {
          return RowCounter.count(path, counting);
        }
      };
    }
  }

  private static void requireLoadable(ParquetFile file) {
    file.requireRows();
    if (file.rows() > Integer.MAX_VALUE - 8) {
      throw new ParquetException(
          "%s has %d rows, more than a table in memory can hold; divide it into several files."
              .formatted(file.path(), file.rows()));
    }
  }

  private static List<ParquetColumn> loaded(ParquetFile file, Set<String> names) {
    new TreeSet<>(names).forEach(file::column);
    return file.columns().stream()
        .map(ParquetColumn::name)
        .filter(name -> names.isEmpty() || names.contains(name))
        .map(file::supported)
        .toList();
  }

  private static ColumnReader reader(
      ParquetFile file, ParquetColumn column, TableOptions options, String type) {
    if (options.numericColumns().contains(column.name())) {
      file.numeric(column.name());
    }
    boolean named = column.isBoolean() && !options.numericColumns().contains(column.name());
    return column.isText() || named || options.textColumns().contains(column.name())
        ? TextReader.ofCodes(file, column, type)
        : new NumberReader(column.name(), column.asNumber());
  }

  /** Reads the expressions of all readers from a source, row by row. */
  static Table read(ParquetFile file, List<ColumnReader> readers, String source) {
    String expressions =
        readers.stream().map(ColumnReader::expression).collect(Collectors.joining(", "));
    file.query(
        "SELECT %s %s".formatted(expressions, source),
        chunk -> {
          for (int i = 0; i < readers.size(); i++) {
            readers.get(i).add(chunk.vector(i));
          }
        });
    return Table.of(readers.stream().map(ColumnReader::column).collect(Collectors.toList()));
  }

  static void requireFinite(ParquetFile file, Table table, IntToLongFunction dataRow) {
    for (Column column : table.columns()) {
      if (column instanceof NumericColumn numbers) {
        for (int row = 0; row < numbers.rows(); row++) {
          if (Double.isInfinite(numbers.values()[row])) {
            throw new ParquetException(
                "%s, data row %d, column '%s': the number is not finite; write null if the value is missing."
                    .formatted(file.path(), dataRow.applyAsLong(row), column.name()));
          }
        }
      }
    }
  }
}
