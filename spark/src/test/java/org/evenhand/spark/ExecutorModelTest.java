package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.onnx.OnnxClassifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors give the answers that one program gives. */
class ExecutorModelTest {
  private static final int PEOPLE = 6_000;
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(999).build();

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void write() {
    Loans.write(folder);
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  /** People with a number each, since rows of a Dataset have no order. */
  private static Table numbered() {
    List<Column> columns = new ArrayList<>(Loans.people(PEOPLE).columns());
    columns.add(new NumericColumn("id", IntStream.range(0, PEOPLE).asDoubleStream().toArray()));
    return Table.of(columns);
  }

  private static Answers.Soft inOneProgram(String name) {
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve(name), Loans.OPTIONS)) {
      return (Answers.Soft) model.answer(Loans.people(PEOPLE));
    }
  }

  private static void assertAnswers(List<Row> decided, Answers.Soft expected, double tolerance) {
    assertThat(decided).hasSize(PEOPLE);
    int[] decisions = expected.decisions(DecisionRule.OF_MODEL);
    for (Row row : decided) {
      int id = (int) row.<Double>getAs("id").doubleValue();
      List<Double> probabilities = row.getList(row.fieldIndex("probabilities"));
      for (int k = 0; k < 2; k++) {
        assertThat(probabilities.get(k))
            .isCloseTo(Math.exp(expected.logProbabilities()[2 * id + k]), within(tolerance));
      }
      // A correction of rounded scores may decide otherwise where both classes are as probable.
      if (Math.abs(probabilities.get(1) - 0.5) > tolerance) {
        assertThat(row.<String>getAs("decision"))
            .isEqualTo(expected.classes().names().get(decisions[id]));
      }
    }
  }

  @Test
  void a_fused_model_answers_as_in_one_program() {
    try (ExecutorModel fused = ExecutorModel.onnx(file("fused.onnx"), Loans.OPTIONS)) {
      Dataset<Row> decided = fused.decide(Local.dataset(numbered()));

      assertAnswers(
          decided.select("id", "decision", "probabilities").collectAsList(),
          inOneProgram("fused.onnx"),
          1e-6);
    }
  }

  @Test
  void a_correction_of_recorded_scores_equals_the_fused_model() {
    Dataset<Row> scored = scored();
    try (ExecutorModel correction = ExecutorModel.correction(file("step.onnx"), List.of("score"))) {
      Dataset<Row> batches = correction.decide(scored);
      Dataset<Row> expression =
          scored
              .withColumn("answer", correction.answer())
              .select("id", "answer.decision", "answer.probabilities");

      Answers.Soft fused = inOneProgram("fused.onnx");
      assertAnswers(batches.select("id", "decision", "probabilities").collectAsList(), fused, 1e-5);
      assertAnswers(expression.collectAsList(), fused, 1e-5);
    }
  }

  private static Dataset<Row> scored() {
    Answers.Soft deployed = inOneProgram("model.onnx");
    double[] score = new double[PEOPLE];
    for (int row = 0; row < PEOPLE; row++) {
      score[row] = Math.exp(deployed.logProbabilities()[2 * row + 1]);
    }
    List<Column> columns = new ArrayList<>(numbered().columns());
    columns.add(new NumericColumn("score", score));
    return Local.dataset(Table.of(columns));
  }

  @Test
  void a_stream_is_corrected_as_a_table_is(@TempDir Path stream) throws Exception {
    Dataset<Row> scored = scored();
    scored.write().parquet(stream.resolve("people").toString());
    try (ExecutorModel correction = ExecutorModel.correction(file("step.onnx"), List.of("score"))) {
      Dataset<Row> arriving =
          Local.SPARK
              .readStream()
              .schema(scored.schema())
              .option("maxFilesPerTrigger", 2)
              .parquet(stream.resolve("people").toString());
      Dataset<Row> decided =
          correction
              .decide(arriving)
              .withColumn("again", correction.answer().getField("decision"))
              .select("id", "decision", "again", "probabilities");
      StreamingQuery query =
          decided
              .writeStream()
              .format("parquet")
              .option("path", stream.resolve("decided").toString())
              .option("checkpointLocation", stream.resolve("checkpoint").toString())
              .trigger(Trigger.AvailableNow())
              .start();
      query.awaitTermination();

      Dataset<Row> written = Local.SPARK.read().parquet(stream.resolve("decided").toString());
      assertAnswers(written.collectAsList(), inOneProgram("fused.onnx"), 1e-5);
      assertThat(written.filter("decision != again").count()).isZero();
    }
  }

  @Test
  void an_audit_of_a_model_counts_as_in_one_program() {
    Table people = Loans.people(PEOPLE);
    Labelling labelling = Labelling.of("repaid", List.of("gender"));
    try (ExecutorModel model = ExecutorModel.onnx(file("model.onnx"), Loans.OPTIONS)) {
      AuditResult result =
          EvenhandSpark.audit(
              Local.dataset(people), labelling, new RowAnswers.OfModel(model), SETTINGS);

      LabelledSet set = labelling.withClasses(model.classes()).apply(people);
      AuditResult expected = Audit.of(set, inOneProgram("model.onnx"), SETTINGS);
      assertThat(result.overallAccuracy()).isEqualTo(expected.overallAccuracy());
      assertThat(result.attribute("gender").groups())
          .isEqualTo(expected.attribute("gender").groups());
      assertThat(result.attribute("gender").modelBias())
          .isEqualTo(expected.attribute("gender").modelBias());
      assertThat(result.attribute("gender").judgement())
          .isEqualTo(expected.attribute("gender").judgement());
    }
  }

  @Test
  void columns_that_the_model_cannot_read_are_named_before_a_job_starts() {
    Dataset<Row> people = Local.dataset(numbered());
    try (ExecutorModel model = ExecutorModel.onnx(file("model.onnx"), Loans.OPTIONS)) {
      assertRefused(
          () -> model.decide(people.drop("income")),
          "The model reads column 'income', but the rows have only "
              + String.join(", ", people.drop("income").columns())
              + ".");
      assertRefused(
          () -> model.decide(people.withColumn("income", functions.col("region"))),
          "Column 'income' holds values of type string, but the model reads numbers from it; cast it.");
      assertRefused(
          () -> model.decide(people.withColumnRenamed("id", "decision")),
          "The rows have a column 'decision' already, where the answers are to stand; rename it.");
    }
  }

  @Test
  void scores_that_are_none_stop_a_correction() {
    try (ExecutorModel correction = ExecutorModel.correction(file("step.onnx"), List.of("score"))) {
      Dataset<Row> people =
          scored()
              .withColumn(
                  "score",
                  functions
                      .when(functions.col("id").equalTo(77), Double.NaN)
                      .otherwise(functions.col("score")));

      assertThatThrownBy(() -> correction.decide(people).collectAsList())
          .hasStackTraceContaining(
              "Column 'score' holds nothing or NaN where the probability of class 'yes' is expected, between 0 and 1.");
    }
    assertRefused(
        () -> ExecutorModel.correction(file("step.onnx"), List.of("a", "b", "c")),
        "The correction is of 2 classes (no, yes), but 3 columns of scores are named; name one for the second class, or one for each.");
  }

  @Test
  void a_missing_file_is_named_before_a_job_starts() {
    Path missing = folder.resolve("missing.onnx");
    assertThat(Files.exists(missing)).isFalse();
    assertThatThrownBy(() -> ExecutorModel.onnx(missing.toString(), Loans.OPTIONS))
        .hasMessageContaining("missing.onnx");
  }

  private static void assertRefused(Runnable use, String message) {
    assertThatThrownBy(use::run).isInstanceOf(EvenhandSparkException.class).hasMessage(message);
  }
}
