package org.evenhand.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;

/**
 * How a file becomes a table.
 *
 * <pre>{@code
 * TableOptions.defaults().withColumns(Set.of("race", "label")).withTextColumns(Set.of("race"))
 * }</pre>
 *
 * @param separator between the cells of a row of a CSV file; if empty, whichever of comma,
 *     semicolon and tab is the most frequent in the header
 * @param columns the columns to load, each of which must be there; if empty, all of them
 * @param textColumns columns that are kept as text, as it is written, even if all are numbers;
 *     names that are not loaded are ignored
 * @param numericColumns columns in which every cell must be a number, missing, or true or false,
 *     which are 1 and 0 however they are written; names that are not loaded are ignored
 */
public record TableOptions(
    Optional<Character> separator,
    Set<String> columns,
    Set<String> textColumns,
    Set<String> numericColumns) {
  /**
   * @throws DataException if a column is to be text and numeric
   */
  public TableOptions {
    columns = Set.copyOf(columns);
    textColumns = Set.copyOf(textColumns);
    numericColumns = Set.copyOf(numericColumns);
    for (String name : textColumns) {
      if (numericColumns.contains(name)) {
        throw new DataException(
            "Column '%s' cannot be read as text and as numbers at once.".formatted(name));
      }
    }
  }

  /** All columns, their types and the separator found by looking. */
  public static TableOptions defaults() {
    return new TableOptions(Optional.empty(), Set.of(), Set.of(), Set.of());
  }

  /**
   * All columns, those that a model reads as the types that it reads.
   *
   * @param inputs the model's columns
   */
  public static TableOptions of(List<InputColumn> inputs) {
    return defaults()
        .withNumericColumns(names(inputs, InputColumn.Kind.NUMBER))
        .withTextColumns(names(inputs, InputColumn.Kind.TEXT));
  }

  private static Set<String> names(List<InputColumn> inputs, InputColumn.Kind kind) {
    return inputs.stream()
        .filter(input -> input.kind() == kind)
        .map(InputColumn::name)
        .collect(Collectors.toSet());
  }

  /**
   * The same with a fixed separator.
   *
   * @param separator between the cells of a row
   */
  public TableOptions withSeparator(char separator) {
    return new TableOptions(Optional.of(separator), columns, textColumns, numericColumns);
  }

  /**
   * The same for these columns only: the others are not loaded, which is faster.
   *
   * @param columns names; none means all
   */
  public TableOptions withColumns(Set<String> columns) {
    return new TableOptions(separator, columns, textColumns, numericColumns);
  }

  /**
   * The same with these columns kept as text.
   *
   * @param textColumns names, in place of those given before
   */
  public TableOptions withTextColumns(Set<String> textColumns) {
    return new TableOptions(separator, columns, textColumns, numericColumns);
  }

  /**
   * The same with these columns required to be numeric.
   *
   * @param numericColumns names, in place of those given before
   */
  public TableOptions withNumericColumns(Set<String> numericColumns) {
    return new TableOptions(separator, columns, textColumns, numericColumns);
  }

  /**
   * The same with these columns, too, kept as text.
   *
   * @param more names, beside those given before
   */
  public TableOptions withMoreTextColumns(Set<String> more) {
    Set<String> union = new HashSet<>(textColumns);
    union.addAll(more);
    return withTextColumns(union);
  }
}
