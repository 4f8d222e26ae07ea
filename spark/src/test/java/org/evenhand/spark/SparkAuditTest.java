package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ScoreBins;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.UnknownValues;
import org.junit.jupiter.api.Test;

/** An audit of a Dataset is an audit of its rows in memory. */
class SparkAuditTest {
  private static final int ROWS = 20_000;
  private static final AuditSettings SETTINGS =
      AuditSettings.builder().draws(999).weights(WeightKind.FREQUENCY).build();
  private static final Labelling LABELLING =
      Labelling.of("repaid", List.of("race", "sex", "race,sex", "age"))
          .withBands(List.of(new Bands("age", List.of(30.0, 50.0))));

  /** Decisions of which group 'b' gets worse ones; race is unknown in every tenth row. */
  private static Table people(int decimals) {
    SplittableRandom random = new SplittableRandom(1);
    double unit = Math.pow(10, decimals);
    List<String> race = new ArrayList<>();
    List<String> sex = new ArrayList<>();
    List<String> given = new ArrayList<>();
    double[] age = new double[ROWS];
    double[] repaid = new double[ROWS];
    double[] score = new double[ROWS];
    double[] weight = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      repaid[row] = random.nextDouble() < 0.4 ? 1 : 0;
      race.add(random.nextInt(10) == 0 ? "" : random.nextBoolean() ? "a" : "b");
      sex.add(random.nextBoolean() ? "f" : "m");
      age[row] = 18 + random.nextInt(60);
      double gain = race.get(row).equals("a") ? 0.3 : 0.15;
      score[row] = Math.rint((0.7 * random.nextDouble() + gain * repaid[row]) * unit) / unit;
      given.add(score[row] > 0.45 ? "1" : "0");
      weight[row] = random.nextInt(4);
    }
    return Table.of(
        List.of(
            new NumericColumn("repaid", repaid),
            TextColumn.of("race", race),
            TextColumn.of("sex", sex),
            new NumericColumn("age", age),
            new NumericColumn("score", score),
            TextColumn.of("given", given),
            new NumericColumn("weight", weight)));
  }

  private static AuditResult inMemory(Table table, Labelling labelling, AuditSettings settings) {
    LabelledSet set = labelling.apply(table);
    return Audit.of(set, Labels.scores(table, "score", set.target().classes()), settings);
  }

  private static AuditResult onSpark(Table table, Labelling labelling, AuditSettings settings) {
    return EvenhandSpark.audit(
        Local.dataset(table), labelling, new RowAnswers.Scores("score"), settings);
  }

  @Test
  void scores_of_few_decimals_give_the_same_audit_to_the_last_bit() {
    Table people = people(3);

    AuditResult result = onSpark(people, LABELLING, SETTINGS);

    assertThat(result).isEqualTo(inMemory(people, LABELLING, SETTINGS));
    assertThat(result.scoreBins()).isEqualTo(ScoreBins.NONE);
  }

  @Test
  void weights_of_whole_numbers_give_the_same_audit_to_the_last_bit() {
    Table people = people(3);
    Labelling weighted = LABELLING.withWeights("weight");

    assertThat(onSpark(people, weighted, SETTINGS)).isEqualTo(inMemory(people, weighted, SETTINGS));
  }

  @Test
  void a_threshold_decides_as_in_memory() {
    Table people = people(2); // many scores are at the threshold
    AuditSettings threshold = SETTINGS.withDecisionRule(DecisionRule.threshold(0.62));

    assertThat(onSpark(people, LABELLING, threshold))
        .isEqualTo(inMemory(people, LABELLING, threshold));
  }

  @Test
  void recorded_decisions_give_the_same_audit() {
    Table people = people(3);
    LabelledSet set = LABELLING.apply(people);
    Answers answers = Labels.predictions(people, "given", set.target().classes());

    AuditResult result =
        EvenhandSpark.audit(
            Local.dataset(people), LABELLING, new RowAnswers.Decisions("given"), SETTINGS);

    assertThat(result).isEqualTo(Audit.of(set, answers, SETTINGS));
  }

  @Test
  void every_figure_of_decisions_is_exact_whatever_the_scores() {
    Table people = people(9);

    AuditResult result = onSpark(people, LABELLING, SETTINGS);
    AuditResult expected = inMemory(people, LABELLING, SETTINGS);

    ScoreBins bins = result.scoreBins();
    assertThat(bins.width()).isEqualTo(1e-4);
    assertThat(bins.aucError()).isBetween(1e-9, 2e-4);
    assertThat(withoutScores(result)).isEqualTo(withoutScores(expected));
    for (int b = 0; b < 2; b++) {
      ValueMetrics binned = result.attribute("race").values().get(b);
      ValueMetrics exact = expected.attribute("race").values().get(b);
      assertThat(value(binned.of(ValueMetric.AUC)))
          .isCloseTo(value(exact.of(ValueMetric.AUC)), within(bins.aucError() + 1e-12));
      assertThat(value(binned.of(ValueMetric.CALIBRATION_ERROR)))
          .isCloseTo(value(exact.of(ValueMetric.CALIBRATION_ERROR)), within(2e-3));
      assertThat(value(binned.of(ValueMetric.MEAN_SCORE_DIFFERENCE)))
          .isCloseTo(value(exact.of(ValueMetric.MEAN_SCORE_DIFFERENCE)), within(1e-4));
    }
  }

  private static double value(Estimate estimate) {
    return ((Estimate.Known) estimate).value();
  }

  private static Object withoutScores(AuditResult result) {
    Estimate none = new Estimate.Unknown("not compared");
    return List.of(
        result.rows(),
        result.overallAccuracy(),
        result.attributes().stream()
            .map(
                a ->
                    List.of(
                        a.attribute(),
                        a.reference(),
                        a.averageGroupAccuracy(),
                        a.worstGroupAccuracy(),
                        a.modelBias(),
                        a.largestGap(),
                        a.judgement(),
                        a.fourFifths(),
                        a.coverage(),
                        a.groups(),
                        a.values().stream()
                            .map(
                                v ->
                                    ValueMetrics.of(
                                        v.value(),
                                        v.n(),
                                        metric ->
                                            metric.basis() == Basis.SCORES ? none : v.of(metric)))
                            .toList()))
            .toList());
  }

  @Test
  void vectors_of_spark_ml_and_arrays_are_probabilities() {
    Table people = threeClasses();
    Classes classes = Classes.of("low", "middle", "high");
    Labelling labelling = Labelling.of("risk", List.of("sex")).withClasses(classes);
    AuditSettings settings = SETTINGS.toBuilder().favourable("low").build();
    double[][] p =
        classes.names().stream()
            .map(name -> ((NumericColumn) people.column("p_" + name)).values())
            .toArray(double[][]::new);
    double[] matrix = new double[3 * people.rows()];
    Arrays.setAll(matrix, i -> p[i % 3][i / 3]);
    AuditResult expected =
        Audit.of(
            labelling.apply(people),
            Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR),
            settings);

    Dataset<Row> columns = Local.dataset(people);
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"p_low", "p_middle", "p_high"})
            .setOutputCol("probability")
            .transform(columns);
    Dataset<Row> arrays =
        columns.withColumn(
            "probability",
            functions.array(
                functions.col("p_low"), functions.col("p_middle"), functions.col("p_high")));

    for (Dataset<Row> rows : List.of(vectors, arrays)) {
      AuditResult result =
          EvenhandSpark.audit(
              rows, labelling, new RowAnswers.Probabilities("probability", classes), settings);
      assertThat(result).isEqualTo(expected);
    }
  }

  private static Table threeClasses() {
    SplittableRandom random = new SplittableRandom(2);
    int rows = 5_000;
    List<String> names = List.of("low", "middle", "high");
    List<String> risk = new ArrayList<>();
    List<String> sex = new ArrayList<>();
    double[][] p = new double[3][rows];
    for (int row = 0; row < rows; row++) {
      int truth = random.nextInt(3);
      risk.add(names.get(truth));
      sex.add(random.nextBoolean() ? "f" : "m");
      // Hundredths, so that many rows have two equal probabilities, and no bin gathers any.
      int first = random.nextInt(60) + (truth == 0 ? 20 : 0);
      int second = random.nextInt(101 - first);
      p[0][row] = first / 100.0;
      p[1][row] = second / 100.0;
      p[2][row] = (100 - first - second) / 100.0;
    }
    List<Column> columns = new ArrayList<>();
    columns.add(TextColumn.of("risk", risk));
    columns.add(TextColumn.of("sex", sex));
    for (int k = 0; k < 3; k++) {
      columns.add(new NumericColumn("p_" + names.get(k), p[k]));
    }
    return Table.of(columns);
  }

  @Test
  void without_true_classes_selection_rates_are_the_same() {
    Table people = people(3);
    Labelling labelling =
        new Labelling(
            Optional.empty(),
            List.of("race", "sex"),
            Optional.of(Classes.of("0", "1")),
            Optional.empty(),
            List.of(),
            List.of(),
            UnknownValues.NONE);

    assertThat(onSpark(people, labelling, SETTINGS))
        .isEqualTo(inMemory(people, labelling, SETTINGS));
  }

  @Test
  void attributes_may_stand_in_another_table() {
    Table people = people(3);
    Dataset<Row> rows = Local.dataset(people).withColumn("id", functions.col("age"));
    Dataset<Row> bands =
        Local.SPARK
            .range(18, 70) // people from 70 on are in no band
            .selectExpr("CAST(id AS DOUBLE) AS id", "IF(id < 40, 'young', 'old') AS group");

    AuditResult result =
        EvenhandSpark.audit(
            EvenhandSpark.joined(rows, "id", bands),
            Labelling.of("repaid", List.of("group")),
            new RowAnswers.Scores("score"),
            SETTINGS);

    double[] ages = ((NumericColumn) people.column("age")).values();
    List<String> group =
        Arrays.stream(ages).mapToObj(a -> a >= 70 ? "" : a < 40 ? "young" : "old").toList();
    List<Column> columns = new ArrayList<>(people.columns());
    columns.add(TextColumn.of("group", group));
    assertThat(result)
        .isEqualTo(inMemory(Table.of(columns), Labelling.of("repaid", List.of("group")), SETTINGS));
    assertThat(result.attribute("group").coverage().unknown())
        .isEqualTo((double) Arrays.stream(ages).filter(a -> a >= 70).count());
  }
}
