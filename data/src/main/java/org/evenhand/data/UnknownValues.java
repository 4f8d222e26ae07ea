package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Values that stand for an unknown one, such as {@code Unknown} or {@code -9}. A row with such a
 * value counts as one whose cell is empty: it is in no group of the attribute.
 *
 * @param everywhere in every column of a protected attribute
 * @param byColumn in one column, by its name
 */
public record UnknownValues(Set<String> everywhere, Map<String, Set<String>> byColumn) {
  /** Only an empty cell is unknown. */
  public static final UnknownValues NONE = new UnknownValues(Set.of(), Map.of());

  /** Copies the sets. */
  public UnknownValues {
    everywhere = Set.copyOf(everywhere);
    byColumn = Map.copyOf(byColumn);
  }

  /**
   * What a user writes.
   *
   * @param texts each {@code VALUE,…}, or {@code COLUMN=VALUE,…} for one column
   * @throws DataException if one names no value
   */
  public static UnknownValues parse(List<String> texts) {
    Set<String> everywhere = new HashSet<>();
    Map<String, Set<String>> byColumn = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      List<String> values =
          Arrays.stream(text.substring(equals + 1).split(","))
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .toList();
      if (values.isEmpty() || equals == 0) {
        throw new DataException(
            "The unknown values '%s' name none; expected VALUE,… or COLUMN=VALUE,…."
                .formatted(text));
      }
      (equals < 0
              ? everywhere
              : byColumn.computeIfAbsent(text.substring(0, equals), c -> new HashSet<>()))
          .addAll(values);
    }
    return new UnknownValues(everywhere, byColumn);
  }

  /**
   * The table with empty cells where an attribute's value is unknown. A column of text that then
   * holds numbers alone becomes one of numbers.
   *
   * @param table any table
   * @param attributes the columns of protected attributes
   * @throws DataException if values are given for a column that is none of them
   */
  Table blank(Table table, Collection<String> attributes) {
    for (String column : byColumn.keySet()) {
      if (!attributes.contains(column)) {
        throw new DataException(
            "Unknown values are given for column '%s', which is no protected attribute; the attributes are %s."
                .formatted(column, String.join(", ", attributes)),
            Setting.UNKNOWN_VALUES);
      }
    }
    if (everywhere.isEmpty() && byColumn.isEmpty()) {
      return table;
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      Set<String> unknown = of(column.name());
      columns.add(
          attributes.contains(column.name()) && !unknown.isEmpty()
              ? blank(column, unknown)
              : column);
    }
    return Table.of(columns);
  }

  private Set<String> of(String column) {
    Set<String> values = new HashSet<>(everywhere);
    values.addAll(byColumn.getOrDefault(column, Set.of()));
    return values;
  }

  private static Column blank(Column column, Set<String> unknown) {
    if (column instanceof NumericColumn numbers) {
      Set<Double> gone =
          unknown.stream().map(Categories::parsed).collect(Collectors.toUnmodifiableSet());
      return new NumericColumn(
          column.name(),
          Arrays.stream(numbers.values())
              .map(value -> gone.contains(value) ? Double.NaN : value)
              .toArray());
    }
    return column instanceof TextColumn text ? blank(text, unknown) : column;
  }

  private static Column blank(TextColumn column, Set<String> unknown) {
    List<String> words =
        column.dictionary().stream().map(word -> unknown.contains(word) ? "" : word).toList();
    String[] cells = new String[column.rows()];
    double[] numbers = new double[cells.length];
    boolean allNumbers =
        unknown.stream()
            .anyMatch(
                word ->
                    column.dictionary().contains(word) && Double.isNaN(Categories.parsed(word)));
    for (int row = 0; row < cells.length; row++) {
      cells[row] = words.get(column.codes()[row]);
      numbers[row] = Categories.parsed(cells[row]);
      allNumbers &= cells[row].isEmpty() || !Double.isNaN(numbers[row]);
    }
    return allNumbers
        ? new NumericColumn(column.name(), numbers)
        : TextColumn.of(column.name(), List.of(cells));
  }
}
