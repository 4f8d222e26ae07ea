package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.unlearning.CounterfactualBiasFunction;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.InfluenceOnBias;
import org.evenhand.unlearning.LossSums;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.RowInfluence;
import org.evenhand.unlearning.TrainedHead;
import org.junit.jupiter.api.Test;

/** Sums and influences over a Dataset are those over its rows in memory. */
class TrainingRowsTest {
  private static final int ROWS = 20_000;
  private static final int FEATURES = 6;
  private static final Classes CLASSES = Classes.of("low", "middle", "high");

  private final double[] features = new double[ROWS * FEATURES];
  private final int[] targets = new int[ROWS];
  private final double[] weights = new double[ROWS];
  private final Head head;

  TrainingRowsTest() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < features.length; i++) {
      features[i] = 2 * random.nextDouble() - 0.7;
    }
    for (int row = 0; row < ROWS; row++) {
      targets[row] = random.nextInt(3);
      weights[row] = random.nextInt(3);
    }
    float[] layer = new float[3 * FEATURES];
    for (int i = 0; i < layer.length; i++) {
      layer[i] = (float) (random.nextDouble() - 0.5);
    }
    head =
        new Head(
            CLASSES,
            new DenseLayer(FEATURES, 3, layer, new float[] {0.1f, 0, -0.1f}),
            true,
            Head.Link.SOFTMAX);
  }

  private Dataset<Row> dataset() {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      Double[] values = new Double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        values[j] = features[row * FEATURES + j];
      }
      rows.add(RowFactory.create(row, values, CLASSES.names().get(targets[row]), weights[row]));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("risk", DataTypes.StringType)
            .add("weight", DataTypes.DoubleType);
    // Seven partitions, of which one is empty.
    return Local.SPARK
        .createDataFrame(rows, schema)
        .repartition(6)
        .union(Local.SPARK.createDataFrame(List.of(), schema));
  }

  private HeadRows inMemory() {
    return HeadRows.of(head, features, targets, weights);
  }

  private static void assertEqual(double[] actual, double[] expected) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    assertThat(actual).containsExactly(expected, within(1e-9 * largest));
  }

  @Test
  void sums_and_influences_equal_those_in_memory() {
    Dataset<Row> rows = dataset();
    TrainingRows training = TrainingRows.of(rows, "features", "risk", Optional.of("weight"));
    LossSums sums = training.sums(head);
    LossSums expected = LossSums.of(sums.shape(), sums.shape().parameters(head), inMemory());
    assertThat(sums.rows()).isEqualTo(ROWS);
    assertThat(sums.weight()).isEqualTo(expected.weight());
    assertEqual(sums.gradient(), expected.gradient());
    assertEqual(sums.hessian(), expected.hessian());

    TrainedHead trained = TrainedHead.of(head, inMemory());
    CounterfactualBiasFunction bias = new CounterfactualBiasFunction(pairs());
    RowInfluence influence =
        new InfluenceOnBias(sums.shape(), sums.shape().parameters(head), sums.solver(1e-3))
            .rows(bias);
    double[] found = new double[ROWS];
    for (Row row : training.influence(head, influence).collectAsList()) {
      found[row.getInt(0)] = row.getDouble(row.fieldIndex("influence"));
    }
    assertEqual(found, new InfluenceOnBias(trained, 1e-3).of(bias, inMemory()));
  }

  /** The first rows, and the same with another first feature. */
  private PairRows pairs() {
    int size = 50;
    double[] factual = new double[size * FEATURES];
    System.arraycopy(features, 0, factual, 0, factual.length);
    double[] counterfactual = factual.clone();
    int[] from = new int[size];
    int[] to = new int[size];
    int[] classes = new int[size];
    double[] ones = new double[size];
    for (int pair = 0; pair < size; pair++) {
      counterfactual[pair * FEATURES] += 1;
      from[pair] = pair % 2;
      to[pair] = 1 - pair % 2;
      classes[pair] = targets[pair];
      ones[pair] = 1;
    }
    return new PairRows(
        HeadRows.of(head, factual, classes, ones),
        HeadRows.of(head, counterfactual, classes, ones),
        from,
        to);
  }

  @Test
  void rows_that_the_head_cannot_learn_from_are_named() {
    Dataset<Row> rows = dataset();
    assertRefused(
        rows.withColumn("features", functions.slice(functions.col("features"), 1, 5)),
        "Column 'features' holds 5 numbers in a row, but the head reads 6.");
    assertRefused(
        rows.withColumn("risk", functions.lit("none")),
        "Column 'risk' holds 'none' in a row, which is none of the head's classes low, middle, high.");
    assertRefused(
        rows.withColumn("weight", functions.lit(Double.NaN)),
        "A training row has the weight NaN; weights are numbers that are not negative.");
    assertRefused(rows.limit(0), "There are no training rows; check what was selected.");
  }

  private void assertRefused(Dataset<Row> rows, String message) {
    TrainingRows training = TrainingRows.of(rows, "features", "risk", Optional.of("weight"));
    assertThatThrownBy(() -> training.sums(head))
        .isInstanceOf(EvenhandSparkException.class)
        .hasMessage(message);
  }
}
