package org.evenhand.spark;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.NumericColumn;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.HeadShape;
import org.evenhand.unlearning.LossSums;
import org.evenhand.unlearning.RowInfluence;

/**
 * The training rows of a head in a Dataset: what its loss is made of, summed by the executors, and
 * the influence of every row.
 *
 * <pre>{@code
 * TrainingRows training = TrainingRows.of(rows, "features", "label", Optional.empty());
 * LossSums sums = training.sums(head);
 * InfluenceOnBias influence =
 *     new InfluenceOnBias(sums.shape(), sums.shape().parameters(head), sums.solver(1e-3));
 * Dataset<Row> ranked = training.influence(head, influence.rows(bias));
 * }</pre>
 */
public final class TrainingRows {
  /** The column that {@link #influence} adds. */
  public static final String INFLUENCE = "influence";

  private final Dataset<Row> rows;
  private final Dataset<Row> read;
  private final String features;
  private final String target;

  private TrainingRows(Dataset<Row> rows, Dataset<Row> read, String features, String target) {
    this.rows = rows;
    this.read = read;
    this.features = features;
    this.target = target;
  }

  /**
   * Rows by the columns that have a role.
   *
   * @param rows of the training set
   * @param features a vector of Spark ML or an array: what the head reads, d numbers a row
   * @param target the true class, matched with the head's classes by name
   * @param weights numbers that are not negative; if empty, every row counts once
   * @throws EvenhandSparkException if a column is missing or of another type
   */
  public static TrainingRows of(
      Dataset<Row> rows, String features, String target, Optional<String> weights) {
    RowColumns columns = RowColumns.of(rows);
    List<Column> selected = new ArrayList<>();
    selected.add(columns.numbers(features));
    selected.add(columns.key(target));
    selected.add(weights.map(name -> columns.number(name, "weights")).orElse(lit(1.0)));
    for (String name : columns.names()) {
      selected.add(RowColumns.of(name));
    }
    return new TrainingRows(rows, rows.select(selected.toArray(Column[]::new)), features, target);
  }

  /**
   * The sums that a head's loss is made of. One matrix of P × P numbers leaves every partition;
   * they are added in a tree.
   *
   * @param head as it is deployed
   * @throws EvenhandSparkException if there are no rows, or one has other features than the head
   *     reads, no class of its, or no weight
   */
  public LossSums sums(Head head) {
    HeadShape shape = HeadShape.of(head);
    double[] parameters = shape.parameters(head);
    Reading reading = new Reading(shape, head.features(), head.classes(), features, target);
    EvenhandSpark.requireTable(rows);
    return Failures.told(
        "The training rows could not be summed",
        () -> {
          if (rows.isEmpty()) {
            throw new EvenhandSparkException(
                "There are no training rows; check what was selected.");
          }
          return read.javaRDD()
              .mapPartitions(
                  part -> {
                    Optional<LossSums> sums = Optional.empty();
                    while (part.hasNext()) {
                      LossSums more =
                          LossSums.of(shape, parameters, reading.of(BatchedRows.take(part)));
                      sums = Optional.of(sums.map(before -> before.plus(more)).orElse(more));
                    }
                    return sums.map(List::of).orElse(List.of()).iterator();
                  })
              .treeReduce(LossSums::plus);
        });
  }

  /**
   * The rows with their influence on bias in a column {@value #INFLUENCE}: positive where a row is
   * harmful.
   *
   * @param head as it is deployed
   * @param influence what was solved for
   * @throws EvenhandSparkException if there is such a column already
   */
  public Dataset<Row> influence(Head head, RowInfluence influence) {
    StructType schema = rows.schema();
    if (RowColumns.of(rows).names().contains(INFLUENCE)) {
      throw new EvenhandSparkException(
          "The rows have a column '%s' already; rename it.".formatted(INFLUENCE));
    }
    Reading reading =
        new Reading(HeadShape.of(head), head.features(), head.classes(), features, target);
    MapPartitionsFunction<Row, Row> each =
        part -> new BatchedRows(part, read -> extended(read, influence.of(reading.of(read))));
    return read.mapPartitions(each, Encoders.row(schema.add(INFLUENCE, DataTypes.DoubleType)));
  }

  /** Rows less the three columns before their own, with a value each. */
  private static List<Row> extended(List<Row> read, double[] added) {
    List<Row> extended = new ArrayList<>(added.length);
    for (int i = 0; i < added.length; i++) {
      Row row = read.get(i);
      Object[] values = new Object[row.size() - 2];
      for (int column = 3; column < row.size(); column++) {
        values[column - 3] = row.get(column);
      }
      values[values.length - 1] = added[i];
      extended.add(RowFactory.create(values));
    }
    return extended;
  }

  /**
   * Takes rows as a head sees them.
   *
   * @param shape of the head
   * @param inputs d, the features without the constant of a bias
   * @param classes of the head
   * @param features the name of their column, for messages
   * @param target the name of its column, for messages
   */
  private record Reading(
      HeadShape shape, int inputs, Classes classes, String features, String target)
      implements Serializable {

    /**
     * @param read with three columns before their own
     */
    HeadRows of(List<Row> read) {
      int width = shape.width();
      double[] matrix = new double[read.size() * width];
      int[] targets = new int[read.size()];
      double[] weights = new double[targets.length];
      for (int row = 0; row < targets.length; row++) {
        features(read.get(row), matrix, row * width);
        targets[row] = target(read.get(row).get(1));
        weights[row] = read.get(row).isNullAt(2) ? Double.NaN : read.get(row).getDouble(2);
        if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
          throw new EvenhandSparkException(
              "A training row has the weight %s; weights are numbers that are not negative."
                  .formatted(read.get(row).get(2)));
        }
      }
      return new HeadRows(width, matrix, targets, weights);
    }

    private void features(Row row, double[] matrix, int at) {
      List<Double> values = row.isNullAt(0) ? List.of() : row.getList(0);
      if (values.size() != inputs) {
        throw new EvenhandSparkException(
            "Column '%s' holds %d numbers in a row, but the head reads %d."
                .formatted(features, values.size(), inputs));
      }
      for (int j = 0; j < inputs; j++) {
        Double value = values.get(j);
        if (value == null || !Double.isFinite(value)) {
          throw new EvenhandSparkException(
              "Column '%s' holds %s as feature %d of a row; features are finite numbers."
                  .formatted(features, value, j));
        }
        matrix[at + j] = value;
      }
      if (shape.width() > inputs) {
        matrix[at + inputs] = 1;
      }
    }

    private int target(Object value) {
      String name =
          value instanceof Double number ? NumericColumn.written(number) : String.valueOf(value);
      return classes
          .indexOf(name)
          .orElseThrow(
              () ->
                  new EvenhandSparkException(
                      "Column '%s' holds '%s' in a row, which is none of the head's classes %s."
                          .formatted(target, name, String.join(", ", classes.names()))));
    }
  }
}
