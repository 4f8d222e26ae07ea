package com.example.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.Table;
import org.evenhand.onnx.OnnxClassifier;

/** The decisions about the rows of one partition, which are asked about in batches. */
final class Decisions implements Iterator<Row> {
  private static final int BATCH = 4096;

  private final OnnxClassifier model;
  private final Iterator<Row> people;
  private Iterator<Row> decided = List.<Row>of().iterator();

  /**
   * @param lazy is opened by the first partition of an executor and kept for the others
   * @param people have the columns that the model reads, {@code repaid} and {@code gender}
   */
  Decisions(LazyClassifier<OnnxClassifier> lazy, Iterator<Row> people) {
    this.model = lazy.opened();
    this.people = people;
  }

  @Override
  public boolean hasNext() {
    return decided.hasNext() || people.hasNext();
  }

  @Override
  public Row next() {
    if (!decided.hasNext()) {
      decided = nextBatch().iterator();
    }
    return decided.next();
  }

  private List<Row> nextBatch() {
    List<Map<String, Object>> batch = new ArrayList<>();
    while (people.hasNext() && batch.size() < BATCH) {
      batch.add(values(people.next()));
    }
    Table table = Table.ofRows(batch, model.inputs());
    int[] decisions = model.answer(table).decisions(DecisionRule.MOST_PROBABLE);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < decisions.length; i++) {
      Map<String, Object> person = batch.get(i);
      String decision = model.classes().names().get(decisions[i]);
      rows.add(RowFactory.create(person.get("repaid"), person.get("gender"), decision));
    }
    return rows;
  }

  static Map<String, Object> values(Row row) {
    String[] names = row.schema().fieldNames();
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], row.get(i));
    }
    return values;
  }
}
