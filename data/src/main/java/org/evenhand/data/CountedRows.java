package org.evenhand.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;

/**
 * The distinct rows of a large table with their numbers. An audit of them, weighted by their
 * numbers, gives the same figures as one of all rows.
 *
 * @param table the columns counted by, scores gathered to one a bin and weights summed, and beside
 *     them {@link #ROWS}, {@link #FIRST} and, if there are scores, {@link #LEAST} and {@link
 *     #GREATEST}
 * @param scoreBinWidth the width of the bins in which different scores were gathered; 0 if every
 *     score is as the file has it
 */
public record CountedRows(Table table, double scoreBinWidth) {
  /** The column of how many rows of the file a distinct row stands for. */
  public static final String ROWS = "(rows)";

  /** The column of the first of those rows, counted from 1: messages name it. */
  public static final String FIRST = "(first row)";

  /** More distinct rows than these are not held in memory. */
  public static final int MOST = 500_000;

  /**
   * Numbers of bins of the scores from 0 to 1, of which the finest with no more than {@link #MOST}
   * distinct rows is taken.
   */
  public static final List<Integer> BINS = List.of(10_000, 1_000, 100);

  /** The column of the least score among those rows. */
  public static final String LEAST = "(least score)";

  /** The column of the greatest score among those rows. */
  public static final String GREATEST = "(greatest score)";

  /**
   * Where a row is, as messages name it: its place in the file, counted from 1. Rows of a cluster
   * have none.
   */
  static String place(Table table, int row) {
    return table.find(ROWS).isPresent() && table.find(FIRST).isEmpty()
        ? "in some rows"
        : "data row %d".formatted(number(table, FIRST, row).orElse(row + 1L));
  }

  /** How many rows of the file a row stands for. */
  static long rows(Table table, int row) {
    return number(table, ROWS, row).orElse(1L);
  }

  /**
   * How many rows of the file a table stands for.
   *
   * @param table of distinct rows with their numbers, or of rows that are each one
   */
  public static long total(Table table) {
    return table.find(ROWS).isPresent()
        ? IntStream.range(0, table.rows()).mapToLong(row -> rows(table, row)).sum()
        : table.rows();
  }

  private static Optional<Long> number(Table table, String column, int row) {
    Optional<Column> found = table.find(column);
    return found.isPresent() && found.get() instanceof NumericColumn numbers
        ? Optional.of((long) numbers.values()[row])
        : Optional.empty();
  }
}
