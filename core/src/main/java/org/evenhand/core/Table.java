package org.evenhand.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Named columns of equal length: what a classifier is asked about, one row an individual. */
public final class Table {
  private final Map<String, Column> columns;
  private final int rows;

  private Table(Map<String, Column> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A table of the given columns, in their order.
   *
   * @param columns at least one, all of the same length, with distinct names
   * @throws CoreException if there is none, two share a name, or their lengths differ
   */
  public static Table of(List<? extends Column> columns) {
    if (columns.isEmpty()) {
      throw new CoreException("A table needs at least one column.");
    }
    int rows = columns.get(0).rows();
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new CoreException(
            "Column '%s' has %d rows, but column '%s' has %d."
                .formatted(column.name(), column.rows(), columns.get(0).name(), rows));
      }
      if (byName.putIfAbsent(column.name(), column) != null) {
        throw new CoreException("Two columns are named '%s'.".formatted(column.name()));
      }
    }
    return new Table(byName, rows);
  }

  /**
   * A table of rows that are maps from column to value: a number, a text, a character, a boolean,
   * an enum constant, or null for a missing value. Numbers become a column of numbers; all else one
   * of text, in which a boolean is {@code True} or {@code False}.
   *
   * <pre>{@code
   * Table people =
   *     Table.ofRows(List.of(Map.of("income", 41_000, "region", "coast"),
   *         Map.of("income", 28_500, "region", "hills")));
   * }</pre>
   *
   * @param rows at least one, all with the same columns
   * @throws CoreException if there is no row, if a row has other columns than the first, if a
   *     column holds numbers and text, or if a value is none of these
   */
  public static Table ofRows(Collection<? extends Map<String, ?>> rows) {
    return PlainRows.table(rows, List.of());
  }

  /**
   * A table of rows with the columns of a model in the types that the model reads: where it reads
   * numbers, true is 1 and false 0; where it reads text, a number is the text that people write for
   * it.
   *
   * <pre>{@code
   * Answers answers = model.answer(Table.ofRows(rows, model.inputs()));
   * }</pre>
   *
   * @param rows any number, all with the same columns
   * @param inputs the model's; what they do not name is read as in {@link #ofRows(Collection)}
   * @throws CoreException as there, or if the model reads what a row cannot give
   */
  public static Table ofRows(Collection<? extends Map<String, ?>> rows, List<InputColumn> inputs) {
    return PlainRows.table(rows, inputs);
  }

  /**
   * A table of records: a column per component, as in {@link #ofRows(Collection)}.
   *
   * <pre>{@code
   * record Applicant(double income, String region) {}
   *
   * Table people = Table.ofRecords(List.of(new Applicant(41_000, "coast")));
   * }</pre>
   *
   * @param rows at least one, all of the same class
   * @throws CoreException as {@link #ofRows(Collection)}, or if a record cannot be read
   */
  public static Table ofRecords(Collection<? extends Record> rows) {
    return ofRecords(rows, List.of());
  }

  /**
   * A table of records in the types that a model reads, as in {@link #ofRows(Collection, List)}.
   *
   * @param rows any number, all of the same class
   * @param inputs the model's
   * @throws CoreException as {@link #ofRows(Collection, List)}, or if a record cannot be read
   */
  public static Table ofRecords(Collection<? extends Record> rows, List<InputColumn> inputs) {
    return PlainRows.table(rows.stream().map(PlainRows::components).toList(), inputs);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The columns, in their order. */
  public List<Column> columns() {
    return List.copyOf(columns.values());
  }

  /** The names of the columns, in their order. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * The column of that name, if there is one.
   *
   * @param name a column's name
   */
  public Optional<Column> find(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /**
   * The column of that name.
   *
   * @param name a column's name
   * @throws CoreException if there is none; the message lists the available ones
   */
  public Column column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new CoreException(
                    "There is no column '%s'; the columns are %s.%s"
                        .formatted(
                            name,
                            String.join(", ", columns.keySet()),
                            Spelling.question(name, columns.keySet()))));
  }

  /**
   * The given rows, in the given order; a row may be named more than once.
   *
   * @param selected indices in {@code [0, rows())}
   */
  public Table select(int[] selected) {
    Map<String, Column> selectedColumns = new LinkedHashMap<>();
    columns.forEach((name, column) -> selectedColumns.put(name, column.select(selected)));
    return new Table(selectedColumns, selected.length);
  }

  /**
   * The rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from first row
   * @param to one past the last row
   */
  public Table slice(int from, int to) {
    return select(IntStream.range(from, to).toArray());
  }

  /**
   * The table without the columns of those names; names that are not there are ignored.
   *
   * @param names columns to leave out; at least one column must remain
   */
  public Table without(Set<String> names) {
    return of(
        columns.values().stream()
            .filter(column -> !names.contains(column.name()))
            .collect(Collectors.toList()));
  }

  /**
   * The columns of those names, in that order.
   *
   * @param names columns to keep
   * @throws CoreException if one is not there
   */
  public Table only(List<String> names) {
    return of(names.stream().map(this::column).collect(Collectors.toList()));
  }
}
