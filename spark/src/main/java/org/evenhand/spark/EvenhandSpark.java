package org.evenhand.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.data.Labelling;

/**
 * Audits over Datasets of Apache Spark.
 *
 * <pre>{@code
 * AuditResult result =
 *     EvenhandSpark.audit(
 *         people,
 *         Labelling.of("repaid", List.of("gender", "race", "gender,race")),
 *         new RowAnswers.Scores("score"),
 *         AuditSettings.DEFAULT);
 * }</pre>
 */
public final class EvenhandSpark {
  private EvenhandSpark() {}

  /**
   * Audits answers about labelled rows. Executors count rows in one pass; the figures are then
   * computed from the counts by the same code as those of {@link org.evenhand.audit.Audit}, and are
   * the same: those of decisions to the last bit, if weights are whole numbers. Scores are gathered
   * in bins, whose width the result says ({@link AuditResult#scoreBins}; 0 where every bin holds
   * one score); only AUC, calibration error and the differences of scores depend on it.
   *
   * @param rows have a column for every role
   * @param labelling which columns say what is true of a row, with ranges for numbers and crossed
   *     attributes as for a table; without attributes known by probabilities
   * @param answers in a column, or of a model that the executors ask
   * @param settings what the figures depend on beside the data; weights can be frequencies only
   * @throws EvenhandSparkException if a column is missing or holds what it cannot, the rows are a
   *     stream or cannot be read, or there are too many distinct ones
   * @throws org.evenhand.core.EvenhandException if the counts do not allow an audit
   */
  public static AuditResult audit(
      Dataset<Row> rows, Labelling labelling, RowAnswers answers, AuditSettings settings) {
    return new RowAudit(rows, labelling, answers, settings).result();
  }

  /**
   * Rows with attributes that are kept in another table, such as one that few people may read. A
   * row whose key is missing, or not in the other table, gets null: its value is unknown.
   *
   * @param rows have the key
   * @param key names a row, in both
   * @param attributes have the key, once in every row, and columns that the rows do not have
   * @throws EvenhandSparkException if the key is missing, empty or twice among the attributes, or
   *     of another type there
   */
  public static Dataset<Row> joined(Dataset<Row> rows, String key, Dataset<Row> attributes) {
    RowColumns own = RowColumns.of(rows);
    RowColumns others = RowColumns.of(attributes);
    if (!own.type(key).equals(others.type(key))) {
      throw new EvenhandSparkException(
          "The key '%s' is of type %s in the rows, but of type %s in the table of attributes; keys must be written alike in both."
              .formatted(key, own.type(key).simpleString(), others.type(key).simpleString()));
    }
    for (String name : others.names()) {
      if (!name.equals(key) && !own.called(name).isEmpty()) {
        throw new EvenhandSparkException(
            "Column '%s' is in the rows and in the table of attributes; keep it in one of them."
                .formatted(name));
      }
    }
    requireOnce(key, attributes);
    return rows.join(
        attributes, scala.jdk.javaapi.CollectionConverters.asScala(List.of(key)).toSeq(), "left");
  }

  /** A stream has no end to which it could be counted. */
  static void requireTable(Dataset<Row> rows) {
    if (rows.isStreaming()) {
      throw new EvenhandSparkException(
          "The rows are a stream, which has no end; give a table, such as each batch in foreachBatch or what the stream has written.");
    }
  }

  private static void requireOnce(String key, Dataset<Row> attributes) {
    requireTable(attributes);
    List<Row> wrong =
        Failures.told(
            "The table of attributes could not be read",
            () ->
                attributes
                    .groupBy(RowColumns.of(key).as("key"))
                    .agg(functions.count(functions.lit(1)).as("rows"))
                    .filter("rows > 1 OR key IS NULL")
                    .orderBy("key")
                    .limit(1)
                    .collectAsList());
    if (!wrong.isEmpty()) {
      Object value = wrong.get(0).get(0);
      throw new EvenhandSparkException(
          value == null
              ? "The table of attributes has rows without key '%s' (%d); every row needs one."
                  .formatted(key, wrong.get(0).getLong(1))
              : "The key '%s' is %s in %d rows of the table of attributes; every key must be there once."
                  .formatted(key, value, wrong.get(0).getLong(1)));
    }
  }
}
