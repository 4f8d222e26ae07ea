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
 * Tables from Parquet files, or from folders whose Parquet files are the parts of one table.
 *
 * <p>The parts of a folder are read in the order of their paths; marks such as {@code _SUCCESS},
 * hidden files and checksums are left out. The names of folders in it say what is so in all rows of
 * their files: {@code year=2024/sex=F} are a column {@code year} of the text {@code 2024} and a
 * column {@code sex} of the text {@code F}, which take the place of columns of these names in the
 * files; {@code __HIVE_DEFAULT_PARTITION__} is a missing value. Every part has to have a column
 * that is read, in the same type or in another type of numbers.
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
   * Reads a table, with the same result as the same table in a CSV file.
   *
   * @param path a Parquet file, or a folder of such files
   * @param options which columns, and of what type; the separator means nothing here
   * @return the loaded columns and all rows, in their order
   * @throws ParquetException if it cannot be read, naming the column
   */
  public static Table read(Path path, TableOptions options) {
    try (ParquetData data = ParquetData.open(path)) {
      requireLoadable(data);
      List<ColumnReader> readers = new ArrayList<>();
      for (ParquetColumn column : loaded(data, options.columns())) {
        readers.add(reader(data, column, options, "texts_" + readers.size()));
      }
      Table table = read(data, readers, "FROM " + data.source());
      requireFinite(data, table, row -> row + 1L);
      return table;
    }
  }

  /**
   * The names of a table's columns, in their order: those of its files, then those of its folders.
   *
   * @param path a Parquet file, or a folder of such files
   * @throws ParquetException if it cannot be read
   */
  public static List<String> header(Path path) {
    try (ParquetData data = ParquetData.open(path)) {
      return data.columns().stream().map(ParquetColumn::name).toList();
    }
  }

  /**
   * A table whose rows can be counted in one pass.
   *
   * @param path a Parquet file, or a folder of such files
   * @throws ParquetException if it cannot be read
   */
  public static CountableTable countable(Path path) {
    try (ParquetData data = ParquetData.open(path)) {
      long rows = data.rows();
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

  private static void requireLoadable(ParquetData data) {
    data.requireRows();
    if (data.rows() > Integer.MAX_VALUE - 8) {
      throw new ParquetException(
          "%s has %d rows, more than a table in memory can hold; divide it into several tables."
              .formatted(data.path(), data.rows()));
    }
  }

  private static List<ParquetColumn> loaded(ParquetData data, Set<String> names) {
    new TreeSet<>(names).forEach(data::column);
    return data.columns().stream()
        .map(ParquetColumn::name)
        .filter(name -> names.isEmpty() || names.contains(name))
        .map(data::supported)
        .toList();
  }

  private static ColumnReader reader(
      ParquetData data, ParquetColumn column, TableOptions options, String type) {
    if (options.numericColumns().contains(column.name())) {
      data.numeric(column.name());
    }
    boolean named = column.isBoolean() && !options.numericColumns().contains(column.name());
    return column.isText() || named || options.textColumns().contains(column.name())
        ? TextReader.ofCodes(data, column, type)
        : new NumberReader(column.name(), column.asNumber());
  }

  /** Reads the expressions of all readers from a source, row by row. */
  static Table read(ParquetData data, List<ColumnReader> readers, String source) {
    String expressions =
        readers.stream().map(ColumnReader::expression).collect(Collectors.joining(", "));
    data.query(
        "SELECT %s %s".formatted(expressions, source),
        chunk -> {
          for (int i = 0; i < readers.size(); i++) {
            readers.get(i).add(chunk.vector(i));
          }
        });
    return Table.of(readers.stream().map(ColumnReader::column).collect(Collectors.toList()));
  }

  static void requireFinite(ParquetData data, Table table, IntToLongFunction dataRow) {
    for (Column column : table.columns()) {
      if (column instanceof NumericColumn numbers) {
        for (int row = 0; row < numbers.rows(); row++) {
          if (Double.isInfinite(numbers.values()[row])) {
            throw new ParquetException(
                "%s, data row %d, column '%s': the number is not finite; write null if the value is missing."
                    .formatted(data.path(), dataRow.applyAsLong(row), column.name()));
          }
        }
      }
    }
  }
}
