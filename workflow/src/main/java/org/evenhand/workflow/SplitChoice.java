package org.evenhand.workflow;

import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.RowsUsed;
import org.evenhand.core.Table;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Split;

/**
 * Which of a table's rows are used.
 *
 * @param name of the split, or {@link #ALL}; if empty, the usual one where the table has splits,
 *     else all rows
 * @param column names a row's split
 */
public record SplitChoice(Optional<String> name, String column) {
  /** Stands for every row where a split's name is expected. */
  public static final String ALL = "all";

  /** The usual rows, by the usual column. */
  public static final SplitChoice USUAL = new SplitChoice(Optional.empty(), Split.COLUMN);

  /** Whether the user relies on a split column, so that it must be there. */
  boolean isNamed() {
    return !column.equals(Split.COLUMN) || !name.orElse(ALL).equals(ALL);
  }

  /** Whether a table has splits. */
  boolean splits(Table table) {
    return table.find(column).isPresent();
  }

  /** Whether a table has a split of that name. */
  boolean has(Table table, String split) {
    return splits(table) && Split.names(table, column).contains(split);
  }

  /** Whether all rows of a table are asked for, or it has no splits. */
  boolean isWholeOf(Table table) {
    return name.map(ALL::equals).orElseGet(() -> !splits(table));
  }

  /**
   * Which rows are used, for a reader.
   *
   * @param all rows
   * @param chosen those of {@link #rowsOf}
   * @param usual as there
   */
  RowsUsed used(Table all, Table chosen, String usual) {
    boolean whole = isWholeOf(all);
    return new RowsUsed(
        whole ? "" : name.orElse(usual),
        CountedRows.total(chosen),
        CountedRows.total(all),
        whole && has(all, Split.TRAIN));
  }

  /**
   * The indices of the rows that are used.
   *
   * @param table has the column if a split is named
   * @param usual the split where none is named and the table has splits
   * @throws org.evenhand.data.DataException if the table has no such split
   */
  public int[] rowsOf(Table table, String usual) {
    return isWholeOf(table)
        ? IntStream.range(0, table.rows()).toArray()
        : Split.rows(table, column, name.orElse(usual));
  }
}
