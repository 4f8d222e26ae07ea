package org.evenhand.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.evenhand.core.Classifier;
import org.evenhand.core.InputColumn;

/** The rows of a partition with answers; never more than one batch of them is in memory. */
final class AnsweredBatches implements Iterator<Row> {
  private static final int BATCH = 4096;

  private final Classifier model;
  private final List<InputColumn> inputs;
  private final Iterator<Row> rows;
  private final ExecutorModel.Answered answered;
  private Iterator<Row> batch = List.<Row>of().iterator();

  AnsweredBatches(
      Classifier model,
      List<InputColumn> inputs,
      Iterator<Row> rows,
      ExecutorModel.Answered answered) {
    this.model = model;
    this.inputs = inputs;
    this.rows = rows;
    this.answered = answered;
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
      batch = nextBatch();
    }
    return batch.next();
  }

  private Iterator<Row> nextBatch() {
    List<Row> asked = new ArrayList<>();
    while (rows.hasNext() && asked.size() < BATCH) {
      asked.add(rows.next());
    }
    return answered.of(asked, model.answer(RowTable.of(asked, inputs))).iterator();
  }
}
