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

  /** Bins of the scores from 0 to 1: as fine as the number of distinct rows allows. */
  private static final int[] BINS = {10_000, 1_000, 100};

  private final ParquetFile file;
  private final Counting counting;

  private RowCounter(ParquetFile file, Counting counting) {
    this.file = file;
    this.counting = counting;
  }

  /**
   * @throws ParquetException if the file cannot be read, a column is missing or of the wrong type,
   *     or there are too many distinct rows
   */
  static CountedRows count(Path path, Counting counting) {
    try (ParquetFile file = ParquetFile.open(path)) {
      return new RowCounter(file, counting).count();
    }
  }

  private CountedRows count() {
    file.requireRows();
    file.limitMemory("1GB");
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
            file.path(),
            MOST,
            String.join(", ", counting.keys())));
  }

  /** The distinct rows; empty if they are too many. */
  private Optional<Table> distinctRows(int bins) {
    CountQuery query = new CountQuery(file, counting, bins);
    try {
      Table table = ParquetTable.read(file, query.readers(), query.source(MOST + 1));
      return Optional.of(table).filter(rows -> rows.rows() <= MOST);
    } catch (ParquetException e) {
      if (ParquetFile.ranOutOfMemory(e)) {
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
    ParquetTable.requireFinite(file, table, row -> (long) first[row]);
    return new CountedRows(table, gathered ? 1.0 / bins : 0);
  }

  /** Puts back the first score or weight that was refused, for the message that will name it. */
  private void showFirstRefused(Table table, String name) {
    double[] values = numbers(table, name);
    double[] first = numbers(table, CountedRows.FIRST);
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        values[row] = file.number(file.numeric(name), (long) first[row] - 1);
        return;
      }
    }
  }

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }
}
