package org.evenhand.repair;

import java.util.List;
import java.util.OptionalInt;

/**
 * Facts of the same kind about several things: a row for each.
 *
 * @param key in machine output, where a row becomes an object
 * @param title for people
 * @param explanation what the figures were measured on; may be empty
 * @param columns at least one; the first names what a row is about
 * @param rows as many values as columns in each
 * @param chosen the row that the proposal took, if one of them is what it proposes
 */
public record FactTable(
    String key,
    String title,
    String explanation,
    List<Column> columns,
    List<List<Value>> rows,
    OptionalInt chosen)
    implements Detail {
  /**
   * A column.
   *
   * @param key in machine output
   * @param title for people
   */
  public record Column(String key, String title) {}

  /**
   * @throws IllegalArgumentException if a row does not have one value for each column
   */
  public FactTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Value> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%d values for %d columns".formatted(row.size(), columns.size()));
      }
    }
  }

  /**
   * A table of which no row is chosen.
   *
   * @param key in machine output
   * @param title for people
   * @param columns at least one
   * @param rows as many values as columns in each
   */
  public static FactTable of(
      String key, String title, List<Column> columns, List<List<Value>> rows) {
    return new FactTable(key, title, "", columns, rows, OptionalInt.empty());
  }
}
