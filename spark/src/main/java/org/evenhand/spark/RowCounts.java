package org.evenhand.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.evenhand.data.CountedRows;

/**
 * Counts, in one pass over the rows, those that agree in everything that an audit looks at. Nearly
 * equal scores count as equal unless they are decided differently, so that every figure of
 * decisions is exact. Only distinct rows with their numbers leave the executors.
 */
final class RowCounts {
  /** How many rows a distinct row stands for. */
  static final String ROWS = "(rows)";

  /** The sum of their weights; null where they have none. */
  static final String WEIGHT = "(weight)";

  /** The probability that is gathered in bins, and the bounds of those in a distinct row. */
  static final String SCORE = "(score)";

  static final String LEAST = "(least)";
  static final String MOST = "(most)";

  /** Whether the weights are weights. */
  static final String WEIGHED = "(weighed)";

  private static final int FINEST = CountedRows.BINS.get(0);

  private static final String BIN = "(bin)";

  /**
   * The distinct rows.
   *
   * @param rows keys, as they were named; then what the constants above name
   * @param bins how many the scores were gathered in
   */
  record Counted(List<Row> rows, int bins) {}

  private final List<String> keys;
  private final boolean scored;
  private final int mostRows;

  /**
   * @param keys the columns that tell rows apart
   * @param scored whether there is a column of scores
   * @param mostRows so many distinct rows are held in memory
   */
  RowCounts(List<String> keys, boolean scored, int mostRows) {
    this.keys = List.copyOf(keys);
    this.scored = scored;
    this.mostRows = mostRows;
  }

  /**
   * Counts.
   *
   * @param rows have the keys, and {@link #SCORE} and {@link #WEIGHT}, both DOUBLE
   * @param counted what the keys are called in a message
   * @throws EvenhandSparkException if there are too many distinct rows
   */
  Counted distinct(Dataset<Row> rows, String counted) {
    Dataset<Row> finest = finest(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      for (int bins : CountedRows.BINS) {
        Optional<Counted> few = collected(bins == FINEST ? finest : coarser(finest, bins), bins);
        if (few.isPresent()) {
          return few.get();
        }
        if (!scored) {
          break;
        }
      }
    } finally {
      finest.unpersist();
    }
    throw new EvenhandSparkException(
        String.format(
            Locale.ROOT,
            "There are more than %,d distinct rows by %s; name columns of fewer values, or audit fewer attributes at once.",
            mostRows,
            counted));
  }

  private Optional<Counted> collected(Dataset<Row> distinct, int bins) {
    return distinct.count() > mostRows
        ? Optional.empty()
        : Optional.of(new Counted(distinct.collectAsList(), bins));
  }

  private Dataset<Row> finest(Dataset<Row> rows) {
    // To Spark NaN is the largest number; a comparison with both ends leaves it out all the same.
    Column bin =
        when(RowColumns.of(SCORE).between(0, 1), rint(RowColumns.of(SCORE).multiply(FINEST)))
            .otherwise(-1);
    Column weighed =
        coalesce(
            RowColumns.of(WEIGHT).geq(0).and(RowColumns.of(WEIGHT).lt(Double.POSITIVE_INFINITY)),
            lit(false));
    return rows.groupBy(by(bin, weighed))
        .agg(
            count(lit(1)).as(ROWS),
            sum(RowColumns.of(WEIGHT)).as(WEIGHT),
            min(RowColumns.of(SCORE)).as(LEAST),
            max(RowColumns.of(SCORE)).as(MOST));
  }

  /** The same of fewer bins: sums of sums, and no second pass over the rows. */
  private Dataset<Row> coarser(Dataset<Row> finest, int bins) {
    Column bin =
        when(
                RowColumns.of(BIN).geq(0),
                floor(RowColumns.of(BIN).multiply(bins).divide(FINEST)).cast("double"))
            .otherwise(-1);
    return finest
        .groupBy(by(bin, RowColumns.of(WEIGHED)))
        .agg(
            sum(RowColumns.of(ROWS)).as(ROWS),
            sum(RowColumns.of(WEIGHT)).as(WEIGHT),
            min(RowColumns.of(LEAST)).as(LEAST),
            max(RowColumns.of(MOST)).as(MOST));
  }

  private Column[] by(Column bin, Column weighed) {
    List<Column> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(RowColumns.of(key)));
    columns.add(bin.as(BIN));
    columns.add(weighed.as(WEIGHED));
    return columns.toArray(Column[]::new);
  }
}
