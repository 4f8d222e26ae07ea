package org.evenhand.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/** What becomes of a partition's rows; never more than one batch of them is in memory. */
final class BatchedRows implements Iterator<Row> {
  private static final int BATCH = 4096;

  private final Iterator<Row> rows;
  private final UnaryOperator<List<Row>> each;
  private Iterator<Row> batch = List.<Row>of().iterator();

  /**
   * @param rows of a partition
   * @param each makes as many rows of a batch
   */
  BatchedRows(Iterator<Row> rows, UnaryOperator<List<Row>> each) {
    this.rows = rows;
    this.each = each;
  }

  /** The next batch of a partition's rows. */
  static List<Row> take(Iterator<Row> rows) {
    List<Row> taken = new ArrayList<>();
    while (rows.hasNext() && taken.size() < BATCH) {
      taken.add(rows.next());
    }
    return taken;
  }

  @Override
  public boolean hasNext() {
    return batch.hasNext() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!batch.hasNext()) {
      batch = each.apply(take(rows)).iterator();
    }
    return batch.next();
  }
}
