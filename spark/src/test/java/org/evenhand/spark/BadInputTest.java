package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.evenhand.audit.AuditException;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Classes;
import org.evenhand.core.EvenhandException;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be audited ends in one sentence. */
class BadInputTest {
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(99).build();
  private static final Labelling LABELLING = Labelling.of("repaid", List.of("race"));
  private static final RowAnswers SCORES = new RowAnswers.Scores("score");

  private static Dataset<Row> rows(String... replaced) {
    Dataset<Row> rows =
        Local.SPARK
            .range(0, 1_000, 1, 2)
            .selectExpr(
                "id",
                "id % 2 AS repaid",
                "IF(id % 3 = 0, 'a', 'b') AS race",
                "(id % 100) / 100D AS score",
                "IF(id % 5 = 0, 'yes', 'no') AS given",
                "1D AS weight");
    for (String column : replaced) {
      String[] parts = column.split(" AS ", 2);
      rows = rows.withColumn(parts[1], org.apache.spark.sql.functions.expr(parts[0]));
    }
    return rows;
  }

  private static void assertRefused(
      Dataset<Row> rows, Labelling labelling, RowAnswers answers, String message) {
    assertThatThrownBy(() -> EvenhandSpark.audit(rows, labelling, answers, SETTINGS))
        .isInstanceOf(EvenhandException.class)
        .hasMessage(message);
  }

  @Test
  void a_missing_column_is_named_with_those_that_are_there() {
    assertRefused(
        rows(),
        Labelling.of("repayed", List.of("race")),
        SCORES,
        "There is no column 'repayed'; the columns are id, repaid, race, score, given, weight. Did you mean 'repaid'?");
    assertRefused(
        rows(),
        LABELLING,
        new RowAnswers.Scores("p"),
        "There is no column 'p'; the columns are id, repaid, race, score, given, weight.");
  }

  /** Spark takes names that differ in case only for one name. */
  @Test
  void a_name_of_two_columns_is_refused() {
    assertRefused(
        rows().selectExpr("*", "'x' AS Race"),
        LABELLING,
        SCORES,
        "The name 'race' stands for 2 columns: race, Race; rename all but one of them.");
    Dataset<Row> apart = Local.SPARK.range(10).selectExpr("id", "'x' AS Race");
    assertThatThrownBy(() -> EvenhandSpark.joined(rows(), "id", apart))
        .hasMessage(
            "Column 'Race' is in the rows and in the table of attributes; keep it in one of them.");
  }

  @Test
  void a_stream_is_refused() {
    Dataset<Row> stream =
        Local.SPARK
            .readStream()
            .format("rate")
            .load()
            .selectExpr("value AS id", "value % 2 AS repaid", "'a' AS race", "0.5D AS score");
    String message =
        "The rows are a stream, which has no end; give a table, such as each batch in foreachBatch or what the stream has written.";
    assertRefused(stream, LABELLING, SCORES, message);
    assertThatThrownBy(() -> EvenhandSpark.joined(rows(), "id", stream.select("id")))
        .hasMessage(message);
  }

  /** Spark compares NaN as the largest number, so that a threshold alone would accept it. */
  @Test
  void a_score_that_is_none_is_no_decision() {
    assertThat(rows("DOUBLE('NaN') AS score").filter("score > 0.5").count()).isEqualTo(1_000);
    String message =
        "Column 'score': the score is missing, NaN or not between 0 and 1 in %s of 1,000 rows; expected the probability of the second class.";
    assertRefused(
        rows("IF(id = 7, DOUBLE('NaN'), score) AS score"),
        LABELLING,
        SCORES,
        message.formatted("1"));
    assertRefused(
        rows("IF(id < 20, NULL, score) AS score"), LABELLING, SCORES, message.formatted("20"));
    assertRefused(
        rows("IF(id = 7, 1.5D, score) AS score"), LABELLING, SCORES, message.formatted("1"));
    assertRefused(
        rows("string(score) AS score"),
        LABELLING,
        SCORES,
        "Column 'score' holds values of type string, but scores must be numbers; cast it.");
  }

  @Test
  void probabilities_that_are_none_are_counted() {
    RowAnswers answers = new RowAnswers.Probabilities("p", Classes.of("0", "1"));
    String message =
        "Column 'p': what it holds are not 2 probabilities in %s of 1,000 rows; expected numbers between 0 and 1 with the sum 1, for the classes 0, 1.";
    assertRefused(
        rows("IF(id = 7, array(0.5D, DOUBLE('NaN')), array(1 - score, score)) AS p"),
        LABELLING,
        answers,
        message.formatted("1"));
    assertRefused(
        rows("IF(id < 10, NULL, array(1 - score, score)) AS p"),
        LABELLING,
        answers,
        message.formatted("10"));
    assertRefused(
        rows("array(score, score, 1 - 2 * score) AS p"),
        LABELLING,
        answers,
        message.formatted("1,000"));
    assertRefused(
        rows("score AS p"),
        LABELLING,
        answers,
        "Column 'p' holds values of type double; expected a vector of Spark ML, or an array, with a number for every class.");
  }

  @Test
  void classes_that_are_missing_or_unknown_are_counted() {
    assertRefused(
        rows("IF(id < 3, NULL, repaid) AS repaid"),
        LABELLING,
        SCORES,
        "Column 'repaid': the class is missing in 3 of 1,000 rows; every row needs one.");
    Labelling named = LABELLING.withClasses(Classes.of("0", "1"));
    assertRefused(
        rows("IF(id < 3, NULL, string(repaid)) AS given"),
        named,
        new RowAnswers.Decisions("given"),
        "Column 'given': the class is missing in 3 of 1,000 rows; every row needs one.");
    assertRefused(
        rows("IF(id < 4, 'perhaps', string(repaid)) AS given"),
        named,
        new RowAnswers.Decisions("given"),
        "Column 'given': the class is 'perhaps' in 4 of 1,000 rows; expected one of 0, 1.");
    assertRefused(
        rows("IF(id < 5, 7, repaid) AS repaid"),
        named,
        SCORES,
        "Column 'repaid': the class is '7' in 5 of 1,000 rows; expected one of 0, 1.");
    Labelling other = LABELLING.withClasses(Classes.of("no", "yes"));
    assertThatThrownBy(() -> EvenhandSpark.audit(rows(), other, SCORES, SETTINGS))
        .hasMessageContaining("but the classes are called no, yes; call them as the column does");
    for (RowAnswers answers :
        List.of(new RowAnswers.Decisions("repaid"), new RowAnswers.Scores("repaid"))) {
      assertRefused(
          rows(),
          LABELLING,
          answers,
          "Column 'repaid' is both the target and the answers, which would all count as right; name the column of what came true.");
    }
  }

  @Test
  void weights_that_are_none_are_counted() {
    String message =
        "Column 'weight': the weight is missing, negative or not finite in %d of 1,000 rows; weights are numbers that are not negative.";
    Labelling weighted = LABELLING.withWeights("weight");
    for (String wrong : List.of("NULL", "-1D", "DOUBLE('NaN')", "DOUBLE('Infinity')")) {
      assertRefused(
          rows("IF(id < 6, %s, weight) AS weight".formatted(wrong)),
          weighted,
          SCORES,
          message.formatted(6));
    }
    assertThatThrownBy(
            () ->
                EvenhandSpark.audit(
                    rows(),
                    weighted,
                    SCORES,
                    SETTINGS.toBuilder().weights(WeightKind.SAMPLING).build()))
        .hasMessage(
            "The weights are sampling weights, which differ from row to row, so that rows cannot be counted; audit a sample in memory.");
    assertThatThrownBy(() -> EvenhandSpark.audit(rows(), weighted, SCORES, SETTINGS))
        .isInstanceOf(AuditException.class)
        .hasMessageStartingWith("The rows have weights, but what they mean is not said");
  }

  @Test
  void rows_without_groups_are_refused() {
    assertRefused(
        rows().limit(0), LABELLING, SCORES, "There are no rows to audit; check what was selected.");
    assertRefused(
        rows("'a' AS race"),
        LABELLING,
        SCORES,
        "Column 'race' is 'a' wherever it is known; there is no second group to compare with.");
    assertRefused(
        rows("array(1, 2) AS race"),
        LABELLING,
        SCORES,
        "Column 'race' holds values of type array<int>; classes and groups are numbers, text, booleans or dates.");
    assertRefused(
        rows("concat('v', id) AS race"),
        LABELLING,
        SCORES,
        "Column 'race' has 1000 distinct values, too many for a protected attribute (at most 100); audit numbers in bands, or name another column.");
    assertRefused(
        rows("'a' AS race"),
        LABELLING.withBands(List.of(new Bands("race", List.of(30.0)))),
        SCORES,
        "Column 'race', in some rows: 'a' is not a number, so that it is in no band; correct the cell, or empty it if the value is missing.");
  }

  @Test
  void a_table_of_attributes_needs_every_key_once() {
    Dataset<Row> keys = Local.SPARK.range(10).selectExpr("id", "id % 2 AS group");
    assertThatThrownBy(() -> EvenhandSpark.joined(rows(), "id", keys.union(keys.limit(1))))
        .hasMessage(
            "The key 'id' is 0 in 2 rows of the table of attributes; every key must be there once.");
    assertThatThrownBy(
            () ->
                EvenhandSpark.joined(rows(), "id", keys.selectExpr("NULLIF(id, 3) AS id", "group")))
        .hasMessage("The table of attributes has rows without key 'id' (1); every row needs one.");
    assertThatThrownBy(
            () -> EvenhandSpark.joined(rows(), "id", keys.selectExpr("string(id) AS id", "group")))
        .hasMessage(
            "The key 'id' is of type bigint in the rows, but of type string in the table of attributes; keys must be written alike in both.");
    assertThatThrownBy(
            () -> EvenhandSpark.joined(rows(), "id", keys.withColumnRenamed("group", "race")))
        .hasMessage(
            "Column 'race' is in the rows and in the table of attributes; keep it in one of them.");
  }

  @Test
  void a_damaged_file_of_a_folder_is_named(@TempDir Path folder) throws IOException {
    Path people = folder.resolve("people");
    rows().write().parquet(people.toString());
    Path damaged = part(people);
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 4, bytes.length - 8, (byte) 7);
    Files.write(damaged, bytes);

    Dataset<Row> read = Local.SPARK.read().schema(rows().schema()).parquet(people.toString());
    assertThatThrownBy(() -> EvenhandSpark.audit(read, LABELLING, SCORES, SETTINGS))
        .isInstanceOf(EvenhandSparkException.class)
        .hasMessageStartingWith("The rows could not be counted: ")
        .hasMessageContaining(damaged.getFileName().toString())
        .message()
        .hasLineCount(1);
  }

  private static Path part(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList().get(0);
    }
  }
}
