package org.evenhand.parquet;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;

/**
 * The SQL aggregation that counts distinct rows, with readers for what it selects.
 *
 * <p>A bin of scores is represented by the middle between its least and its greatest score: unlike
 * their mean it does not depend on the order of rows, and it is the score itself where there is but
 * one. Scores and weights that are none are counted apart and become missing.
 */
final class CountQuery {
  private final ParquetData data;
  private final List<String> inputs =
      new ArrayList<>(List.of(ParquetColumn.quoted(ParquetData.ROW) + " AS number"));
  private final List<String> groups = new ArrayList<>();
  private final List<ColumnReader> readers = new ArrayList<>();

  /**
   * @param bins how many the scores from 0 to 1 are gathered in
   */
  CountQuery(ParquetData data, Counting counting, int bins) {
    this.data = data;
    counting.keys().forEach(this::addKey);
    counting.scores().ifPresent(scores -> addScores(scores, bins));
    counting.weights().ifPresent(this::addWeights);
    readers.add(new NumberReader(CountedRows.ROWS, "CAST(count(*) AS DOUBLE)"));
    readers.add(new NumberReader(CountedRows.FIRST, "CAST(min(number) + 1 AS DOUBLE)"));
  }

  private void addKey(String name) {
    ParquetColumn column = data.supported(name);
    String key = "key_" + groups.size();
    groups.add(key);
    if (column.isText() || column.isBoolean()) {
      inputs.add("coalesce(%s, '') AS %s".formatted(column.asText(), key));
      readers.add(TextReader.ofTexts(name, key));
    } else if (column.isInteger()) {
      // DuckDB groups by small integers faster than by DOUBLEs.
      inputs.add("%s AS %s".formatted(ParquetColumn.quoted(name), key));
      readers.add(new NumberReader(name, "CAST(%s AS DOUBLE)".formatted(key)));
    } else {
      inputs.add("%s AS %s".formatted(column.asNumber(), key));
      readers.add(new NumberReader(name, key));
    }
  }

  private void addScores(Counting.Scores scores, int bins) {
    String bin =
        "CASE WHEN score BETWEEN 0 AND 1 THEN round(score * %d) ELSE -1 END".formatted(bins);
    inputs.add("%s AS score".formatted(data.numeric(scores.column()).asNumber()));
    groups.add(bin);
    String inBin = "CASE WHEN " + bin + " >= 0 THEN %s END";
    groups.add("score >= CAST('%s' AS DOUBLE)".formatted(scores.boundary()));
    readers.add(
        new NumberReader(scores.column(), inBin.formatted("(min(score) + max(score)) / 2")));
    readers.add(new NumberReader(CountedRows.LEAST, inBin.formatted("min(score)")));
    readers.add(new NumberReader(CountedRows.GREATEST, inBin.formatted("max(score)")));
  }

  private void addWeights(String name) {
    String isWeight = "coalesce(weight >= 0 AND weight < CAST('Infinity' AS DOUBLE), FALSE)";
    inputs.add("%s AS weight".formatted(data.numeric(name).asNumber()));
    groups.add(isWeight);
    readers.add(new NumberReader(name, "CASE WHEN %s THEN sum(weight) END".formatted(isWeight)));
  }

  List<ColumnReader> readers() {
    return readers;
  }

  /** What the readers' expressions are selected from, in order of first appearance. */
  String source(int limit) {
    return "FROM (SELECT %s FROM %s) GROUP BY %s ORDER BY min(number) LIMIT %d"
        .formatted(
            String.join(", ", inputs), data.numberedSource(), String.join(", ", groups), limit);
  }

  /** Counts the distinct rows in a sample. */
  String distinctAmong(long rows) {
    return "SELECT CAST(count(*) AS DOUBLE) FROM (SELECT 1 FROM (SELECT %s FROM %s) GROUP BY %s)"
        .formatted(String.join(", ", inputs), data.sample(rows), String.join(", ", groups));
  }
}
