package org.evenhand.parquet;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;

/** Counts distinct rows within bounded memory. */
final class RowCounter {
  /** More distinct rows than these are not held in memory. */
  private static final int MOST = 500_000;

  /** Where so many rows have too many distinct ones, the others are not read. */
  private static final long FIRST_ROWS = 2_000_000;

  /** What DuckDB may take. Two threads need no more for so many distinct rows. */
  private static final String MEMORY = "1GB";

  /** Bins of the scores from 0 to 1: as fine as the number of distinct rows allows. */
  private static final int[] BINS = {10_000, 1_000, 100};

  private final ParquetData data;
  private final Counting counting;

  private RowCounter(ParquetData data, Counting counting) {
    this.data = data;
    this.counting = counting;
  }

  /**
   * @throws ParquetException if the file cannot be read, a column is missing or of the wrong type,
   *     or there are too many distinct rows
   */
  static CountedRows count(Path path, Counting counting) {
    try (ParquetData data = ParquetData.open(path)) {
      return new RowCounter(data, counting).count();
    }
  }

  private CountedRows count() {
    data.requireRows();
    data.execute("SET memory_limit = '%s'".formatted(MEMORY));
    data.execute("SET threads = %d".formatted(threads()));
    for (int bins : BINS) {
      Optional<Table> counted = distinctRows(bins);
      if (counted.isPresent()) {
        return countedRows(counted.get(), bins);
      }
      if (counting.scores().isEmpty()) {
        break;
      }
    }
    throw new ParquetException(
        String.format(
            Locale.ROOT,
            "%s has more than %,d distinct rows by %s; name columns of fewer values, or audit fewer attributes at once.",
            data.path(),
            MOST,
            String.join(", ", counting.keys())));
  }

  /** Fractions are summed in one order, so that no digit depends on which thread was faster. */
  private int threads() {
    boolean ordered =
        counting.weights().filter(name -> !data.numeric(name).isInteger()).isPresent();
    return ordered ? 1 : Math.min(2, Runtime.getRuntime().availableProcessors());
  }

  /** The distinct rows; empty if they are too many. */
  private Optional<Table> distinctRows(int bins) {
    CountQuery query = new CountQuery(data, counting, bins);
    try {
      if (data.number(query.distinctAmong(FIRST_ROWS)) > MOST) {
        return Optional.empty();
      }
      Table table = ParquetTable.read(data, query.readers(), query.source(MOST + 1));
      return Optional.of(table).filter(rows -> rows.rows() <= MOST);
    } catch (ParquetException e) {
      if (DuckSession.ranOutOfMemory(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private CountedRows countedRows(Table counted, int bins) {
    boolean gathered =
        counted.find(CountQuery.GATHERED).isPresent()
            && Arrays.stream(numbers(counted, CountQuery.GATHERED)).anyMatch(flag -> flag == 1);
    Table table = counted.without(Set.of(CountQuery.GATHERED));
    counting.scores().ifPresent(scores -> showFirstRefused(table, scores.column()));
    counting.weights().ifPresent(weights -> showFirstRefused(table, weights));
    double[] first = numbers(table, CountedRows.FIRST);
    ParquetTable.requireFinite(data, table, row -> (long) first[row]);
    return new CountedRows(table, gathered ? 1.0 / bins : 0);
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
