package org.evenhand.parquet;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;

/** Counts distinct rows within bounded memory. */
final class RowCounter {
  /** Where so many rows, of all parts, have too many distinct ones, the others are not read. */
  private static final long SAMPLED_ROWS = 2_000_000;

  /** What DuckDB may take: enough for that many distinct rows and for row groups of millions. */
  private static final String MEMORY = "512MB";

  private final ParquetData data;
  private final Counting counting;

  private RowCounter(ParquetData data, Counting counting) {
    this.data = data;
    this.counting = counting;
  }

  /**
   * @throws ParquetException if the table cannot be read, a column is missing or of the wrong type,
   *     or there are too many distinct rows
   */
  static CountedRows count(Path path, Counting counting) {
    return count(path, counting, MEMORY);
  }

  /**
   * @param memory as DuckDB writes it
   */
  static CountedRows count(Path path, Counting counting, String memory) {
    try (ParquetData data = ParquetData.open(path)) {
      return new RowCounter(data, counting).count(memory);
    }
  }

  private CountedRows count(String memory) {
    data.requireRows();
    data.execute("SET memory_limit = '%s'".formatted(memory));
    data.execute("SET threads = %d".formatted(threads()));
    boolean outOfMemory = false;
    for (int bins : counting.scores().isPresent() ? CountedRows.BINS : List.of(1)) {
      try {
        Optional<Table> counted = distinctRows(bins);
        if (counted.isPresent()) {
          return countedRows(counted.get(), bins);
        }
        outOfMemory = false;
      } catch (ParquetException e) {
        if (!DuckSession.ranOutOfMemory(e)) {
          throw e;
        }
        outOfMemory = true;
      }
    }
    throw outOfMemory ? outOfMemory(memory) : tooMany();
  }

  private ParquetException tooMany() {
    return new ParquetException(
        String.format(
            Locale.ROOT,
            "%s has more than %,d distinct rows by %s; name columns of fewer values, or audit fewer attributes at once.",
            data.path(),
            CountedRows.MOST,
            String.join(", ", counting.keys())));
  }

  private ParquetException outOfMemory(String memory) {
    return new ParquetException(
        "%s cannot be counted by %s in %s of memory; write it in smaller row groups, or audit fewer attributes at once."
            .formatted(data.path(), String.join(", ", counting.keys()), memory));
  }

  /**
   * Two, whatever the machine has, since how much memory they take decides how fine bins are; one
   * for fractions, which are summed in one order, so that no digit depends on which was faster.
   */
  private int threads() {
    return counting.weights().stream().allMatch(name -> data.numeric(name).isInteger()) ? 2 : 1;
  }

  /** The distinct rows; empty if they are too many. */
  private Optional<Table> distinctRows(int bins) {
    CountQuery query = new CountQuery(data, counting, bins);
    if (data.number(query.distinctAmong(SAMPLED_ROWS)) > CountedRows.MOST) {
      return Optional.empty();
    }
    return Optional.of(ParquetTable.read(data, query.readers(), query.source(CountedRows.MOST + 1)))
        .filter(table -> table.rows() <= CountedRows.MOST);
  }

  private CountedRows countedRows(Table table, int bins) {
    counting.scores().ifPresent(scores -> showFirstRefused(table, scores.column()));
    counting.weights().ifPresent(weights -> showFirstRefused(table, weights));
    double[] first = numbers(table, CountedRows.FIRST);
    ParquetTable.requireFinite(data, table, row -> (long) first[row]);
    return new CountedRows(table, isGathered(table) ? 1.0 / bins : 0);
  }

  /** Whether different scores were gathered in one row. */
  private static boolean isGathered(Table table) {
    if (table.find(CountedRows.LEAST).isEmpty()) {
      return false;
    }
    double[] least = numbers(table, CountedRows.LEAST);
    double[] greatest = numbers(table, CountedRows.GREATEST);
    return IntStream.range(0, least.length).anyMatch(row -> least[row] < greatest[row]);
  }

  /** Puts back the first score or weight that was refused, for the message that will name it. */
  private void showFirstRefused(Table table, String name) {
    double[] values = numbers(table, name);
    double[] first = numbers(table, CountedRows.FIRST);
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        values[row] = data.number(data.numeric(name), (long) first[row] - 1);
        return;
      }
    }
  }

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }
}
