package org.evenhand.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * A table that is kept apart from the rows that it is about, such as one of protected attributes
 * that few people may read. Its rows are found by a key that both tables have; keys are compared as
 * they are written.
 *
 * <pre>{@code
 * Table race = SecondTable.of(Path.of("people-restricted.csv"), "id").columns(people, data, Set.of("race"));
 * }</pre>
 *
 * @param file of a known format
 * @param key the column that names a row, in both tables
 */
public record SecondTable(Path file, String key) {

  /** The names of its columns, the key among them. */
  public List<String> header() {
    List<String> header = Tables.header(file, TableOptions.defaults());
    if (!header.contains(key)) {
      throw new DataException(
          "%s has no key column '%s'; its columns are %s."
              .formatted(file, key, String.join(", ", header)));
    }
    return header;
  }

  /**
   * Some of its columns, in the order of another table's rows: a row whose key is empty or not
   * found here has empty cells.
   *
   * @param rows has the key column, as text
   * @param from the file that the rows were read from, for messages
   * @param names of this table's columns, at least one
   * @throws DataException if a key here is empty or stands twice, or no row has a key that is found
   *     here
   * @throws org.evenhand.core.EvenhandException if the file cannot be read or lacks a column
   */
  public Table columns(Table rows, Path from, Set<String> names) {
    Set<String> loaded = new HashSet<>(names);
    loaded.add(key);
    Table table =
        Tables.read(file, TableOptions.defaults().withColumns(loaded).withTextColumns(Set.of(key)));
    TextColumn keys = (TextColumn) rows.column(key);
    int[] found = found(keys, rowOfKey((TextColumn) table.column(key)));
    if (keys.rows() > 0 && Arrays.stream(found).allMatch(row -> row < 0)) {
      throw noneInCommon(keys, from, (TextColumn) table.column(key));
    }
    return Table.of(
        table.columns().stream()
            .filter(column -> names.contains(column.name()))
            .map(column -> aligned(column, found))
            .collect(Collectors.toList()));
  }

  private Map<String, Integer> rowOfKey(TextColumn keys) {
    Map<String, Integer> rowOfKey = new HashMap<>();
    for (int row = 0; row < keys.rows(); row++) {
      String value = keys.value(row);
      if (value.isEmpty()) {
        throw new DataException(
            "%s, column '%s', data row %d: the key is empty; every row needs one."
                .formatted(file, key, row + 1));
      }
      Integer earlier = rowOfKey.putIfAbsent(value, row);
      if (earlier != null) {
        throw new DataException(
            "%s, column '%s', data row %d: the key '%s' stands in data row %d already; every key must be there once."
                .formatted(file, key, row + 1, value, earlier + 1));
      }
    }
    return rowOfKey;
  }

  /** The row here of every row there, or -1. */
  private static int[] found(TextColumn keys, Map<String, Integer> rowOfKey) {
    return Arrays.stream(keys.codes())
        .map(code -> rowOfKey.getOrDefault(keys.dictionary().get(code), -1))
        .toArray();
  }

  private DataException noneInCommon(TextColumn there, Path from, TextColumn here) {
    String kindThere = kind(there);
    String kindHere = kind(here);
    return new DataException(
        kindThere.equals(kindHere)
            ? "No key in column '%s' of %s is in %s; keys must be written alike in both, such as '%s' and '%s'."
                .formatted(key, from, file, there.value(0), first(here))
            : "Column '%s' holds %s in %s, such as '%s', but %s in %s, such as '%s'; write the keys alike in both."
                .formatted(key, kindThere, from, there.value(0), kindHere, file, first(here)));
  }

  private static String first(TextColumn keys) {
    return keys.rows() == 0 ? "" : keys.value(0);
  }

  private static String kind(TextColumn keys) {
    return keys.dictionary().stream()
            .filter(text -> !text.isEmpty())
            .allMatch(
                text -> !Double.isNaN(DecimalParser.parse(text.toCharArray(), 0, text.length())))
        ? "numbers"
        : "text";
  }

  private static Column aligned(Column column, int[] rows) {
    if (column instanceof TextColumn text) {
      List<String> dictionary = new ArrayList<>(text.dictionary());
      dictionary.add("");
      int[] codes =
          Arrays.stream(rows)
              .map(row -> row < 0 ? dictionary.size() - 1 : text.codes()[row])
              .toArray();
      return new TextColumn(text.name(), dictionary, codes);
    }
    double[] values = ((NumericColumn) column).values();
    return new NumericColumn(
        column.name(),
        Arrays.stream(rows).mapToDouble(row -> row < 0 ? Double.NaN : values[row]).toArray());
  }
}
