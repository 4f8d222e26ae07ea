package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.terminal.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every bad input ends with exit code 3 and one sentence that says what is wrong, where, and what
 * was expected; a report that was asked for is not written, and one from before keeps its bytes.
 */
class BadInputTest {
  private static final String OLD_REPORT = "an older report";

  private static Path folder;
  private static Path data;
  private static Path model;
  private static Lending lending;

  private final Path outputs;
  private final Path report;

  BadInputTest(@TempDir Path outputs) throws IOException {
    this.outputs = outputs;
    this.report = Files.writeString(outputs.resolve("report.html"), OLD_REPORT);
  }

  @BeforeAll
  static void prepare(@TempDir Path shared, @TempDir Path lent) {
    folder = shared;
    data = rows("loans.csv", Decisions.lines());
    model = SmallModels.ofScores(folder.resolve("scores.onnx"));
    lending = Lending.in(lent);
  }

  private static Path rows(String name, List<String> lines) {
    return Decisions.write(lines, folder.resolve(name));
  }

  /** Audits, asking for a report over the one that is there, which must stay if that fails. */
  private Cli.Outcome audit(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "audit",
                "--target",
                "repaid",
                "--attribute",
                "gender",
                "--json",
                "--overwrite",
                "--report"));
    all.add(report.toString());
    all.addAll(Arrays.asList(arguments));
    Cli.Outcome outcome = Cli.run(all);
    if (outcome.exitCode() != ExitCode.DONE) {
      assertThat(report).hasContent(OLD_REPORT);
      assertThat(outputs.toFile().list()).containsExactly("report.html");
    }
    return outcome;
  }

  private Cli.Outcome auditRows(Path rows, String... more) {
    return audit(
        Stream.concat(
                Stream.of(
                    "--model", model.toString(), "--classes", "no,yes", "--data", rows.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Cli.Outcome auditModel(Path other) {
    return audit("--model", other.toString(), "--classes", "no,yes", "--data", data.toString());
  }

  @Test
  void a_good_input_replaces_the_report() {
    assertThat(auditRows(data)).exits(0);
    assertThat(report).content().startsWith("<!DOCTYPE html>");
    assertThat(outputs.toFile().list()).containsExactly("report.html");
  }

  @Test
  void a_missing_file() {
    Path none = folder.resolve("none");

    assertThat(auditModel(none)).refuses("There is no model file '%s'.".formatted(none));
    assertThat(auditRows(none)).refuses("There is no file %s.".formatted(none));
  }

  @Test
  void a_directory_in_place_of_a_file() throws IOException {
    assertThat(auditModel(folder))
        .refuses("The model '%s' is a folder; name the .onnx file in it.".formatted(folder));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(auditRows(empty))
        .refuses(
            "Folder %s holds no Parquet file; name a file, or a folder of Parquet files."
                .formatted(empty));
  }

  @Test
  void a_truncated_model() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    Path truncated =
        Files.write(folder.resolve("truncated.onnx"), Arrays.copyOf(whole, 3 * whole.length / 4));

    assertThat(auditModel(truncated))
        .refuses(
            "'%s' is not an ONNX file, or only the beginning of one; export the model again."
                .formatted(truncated));
  }

  @Test
  void a_file_that_is_no_model() {
    assertThat(auditModel(data))
        .refuses(
            "'%s' is a text, perhaps the table of rows, and not an ONNX file; name the model's file."
                .formatted(data));
  }

  @Test
  void a_file_that_is_no_table() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.csv"));

    assertThat(auditRows(model))
        .refuses(
            "%s holds NUL bytes: it is damaged, or no table but perhaps a model.".formatted(model));
    assertThat(auditRows(empty))
        .refuses(
            "%s is empty; expected a header line with the columns' names and rows below it."
                .formatted(empty));
  }

  @Test
  void a_missing_column() {
    Path other = rows("other.csv", Decisions.withLine(0, "points,decided,repaid,gender,half"));

    assertThat(auditRows(other))
        .refuses(
            "%s has no column 'score'; its columns are points, decided, repaid, gender, half."
                .formatted(other));
    assertThat(auditRows(data, "--attribute", "age"))
        .refuses(
            "%s has no column 'age'; its columns are score, decided, repaid, gender, half."
                .formatted(data));
  }

  @Test
  void a_category_that_the_model_does_not_know_is_warned_of_and_refused_if_strict() {
    Path moon = lending.withRegion("moon", folder.resolve("moon.csv"));
    String sentence =
        "Column 'region' holds categories that the model's encoder does not know, in 1 row: 'moon'.";

    Cli.Outcome warned = lending.run("audit", lending.model(), moon);
    Cli.Outcome strict = lending.run("audit", lending.model(), moon, "--strict");

    assertThat(warned).exits(0);
    assertThat(warned.err()).contains("evenhand: warning: " + sentence);
    assertThat(strict)
        .refuses(sentence + " Correct them, or do not be strict about them (--strict).");
    assertThat(strict.err()).doesNotContain("warning");
  }

  @Test
  void a_missing_number_that_the_model_cannot_answer() {
    Path missing = rows("missing.csv", Decisions.withLine(4, "nan,no,no,female,first"));

    assertThat(auditRows(missing))
        .refuses(
            "The model's output 'probabilities' is NaN for class 'no' in row 3, where score is"
                + " missing.");
  }

  @Test
  void an_infinite_number() {
    Path infinite = rows("infinite.csv", Decisions.withLine(4, "-inf,no,no,female,first"));

    assertThat(auditRows(infinite))
        .refuses(
            "%s, line 5, column 'score': '-inf' is not finite; leave the cell empty if the value is missing."
                .formatted(infinite));
  }

  @Test
  void text_where_the_model_reads_numbers() {
    Path text = rows("text.csv", Decisions.withLine(4, "low,no,no,female,first"));

    assertThat(auditRows(text))
        .refuses(
            "%s, line 5, column 'score': 'low' is not a number, but the column must be numeric."
                .formatted(text));
  }

  @Test
  void an_empty_split() {
    Path trained = rows("trained.csv", Decisions.withColumn("split", row -> "train"));

    assertThat(auditRows(trained))
        .refuses("No row belongs to split 'test': column 'split' holds train (400 rows).");
    assertThat(auditRows(trained, "--split", "new"))
        .refuses("No row belongs to split 'new': column 'split' holds train (400 rows).");
  }

  @Test
  void a_split_column_that_is_not_there() {
    String sentence =
        "%s has no column '%s'; its columns are score, decided, repaid, gender, half.";

    assertThat(auditRows(data, "--split-column", "part")).refuses(sentence.formatted(data, "part"));
    assertThat(auditRows(data, "--split", "test")).refuses(sentence.formatted(data, "split"));
  }

  @Test
  void one_group_only() {
    List<String> women =
        Decisions.lines().stream().filter(line -> !line.contains(",male,")).toList();
    List<String> womenTested =
        Decisions.withColumn("split", row -> row / 100 % 2 == 0 ? "test" : "train");

    assertThat(auditRows(rows("women.csv", women)))
        .refuses(
            "Column 'gender' is 'female' wherever it is known; there is no second group to compare with.");
    assertThat(auditRows(rows("women-tested.csv", womenTested)))
        .refuses("Every row has gender = female; an audit compares at least two values.");
  }

  @Test
  void a_constant_target() {
    List<String> allRepaid =
        Decisions.lines().stream()
            .filter(line -> !line.contains(",no,female") && !line.contains(",no,male"))
            .toList();
    List<String> repaidTested = Decisions.withColumn("split", row -> row < 200 ? "train" : "test");

    assertThat(auditRows(rows("repaid.csv", allRepaid)))
        .refuses("Column 'repaid' is 'yes' in every row; a target needs at least two classes.");
    assertThat(auditRows(rows("repaid-tested.csv", repaidTested)))
        .refuses("Every row has repaid = yes; an audit needs rows of at least two classes.");
  }

  @Test
  void a_label_that_is_no_class() {
    Path late = rows("late.csv", Decisions.withLine(5, "0.3,late,late,female,first"));
    Path none = rows("no-label.csv", Decisions.withLine(5, "0.3,no,,female,first"));
    String hint = "; correct the cell, or name the model's classes in its order (--classes).";

    assertThat(auditRows(late))
        .refuses("Column 'repaid', data row 5: 'late' is none of the classes no, yes" + hint);
    assertThat(auditRows(none))
        .refuses("Column 'repaid', data row 5: the class is missing; expected one of no, yes.");
    assertThat(audit("--model", model.toString(), "--data", data.toString()))
        .refuses(
            "Column 'repaid' holds no, yes, but the classes are called 0, 1; call them as the column does, in the model's"
                + " order. Other names can be shown on pages (--classes, --label).");
  }

  @Test
  void a_recorded_decision_that_is_no_class() {
    Path late = rows("late-decision.csv", Decisions.withLine(5, "0.3,late,no,female,first"));

    assertThat(audit("--predictions-column", "decided", "--data", late.toString()))
        .refuses(
            "Column 'decided', data row 5: 'late' is none of the classes no, yes; correct the cell,"
                + " or name the model's classes in its order (--classes).");
  }

  @Test
  void a_recorded_score_that_is_no_probability() {
    Path points = rows("points.csv", Decisions.withLine(5, "30,no,no,female,first"));

    assertThat(audit("--scores-column", "score", "--data", points.toString()))
        .refuses(
            "Column 'score', data row 5: the score is 30; expected the probability of class 'yes',"
                + " between 0 and 1 (--score-scale).");
  }

  @Test
  void probabilities_that_do_not_sum_to_one() {
    Path above = rows("above.csv", Decisions.withLine(5, "1.5,no,no,female,first"));
    Path independent = SmallModels.ofIndependentScores(folder.resolve("independent.onnx"));

    assertThat(auditRows(above))
        .refuses(
            "The probabilities of row 4 sum to 1.50000, not to 1; if they are independent sigmoids,"
                + " declare 'sigmoid' (--output).");
    assertThat(auditModel(independent))
        .refuses(
            "None of the model's outputs (probabilities) holds probabilities that sum to 1, logits"
                + " or labels; choose one, or declare independent sigmoids as"
                + " 'sigmoid' (--output).");
  }

  @Test
  void classes_and_values_that_there_are_not() {
    assertThat(auditRows(data, "--favourable", "maybe"))
        .refuses(
            "The favourable class 'maybe' is not a class of target 'repaid'; its classes are [no,"
                + " yes].");
    assertThat(auditRows(data, "--reference", "gender=other"))
        .refuses(
            "The reference 'other' is not a value of attribute 'gender' among the audited rows; their values are [female,"
                + " male].");
  }

  @Test
  void a_column_with_two_roles() {
    assertThat(auditRows(data, "--attribute", "gender"))
        .refuses(
            "Column 'gender' is named twice; target, protected attributes and weights are different"
                + " columns.");
  }

  @Test
  void erasing_needs_calibration_rows_in_which_groups_overlap() throws IOException {
    List<String> separate =
        Decisions.lines().stream()
            .filter(line -> !line.contains(",no,male") && !line.contains(",yes,female"))
            .toList();

    Cli.Outcome outcome =
        lending.run(
            "erase",
            model,
            rows("separate.csv", separate),
            "--out",
            outputs.resolve("fused.onnx").toString());

    assertThat(outcome)
        .refuses(
            "In the calibration rows, classes of 'repaid' and values of 'gender' do not overlap"
                + " enough to tell one from the other; add rows of the empty groups: group (repaid ="
                + " no, gender = male); group (repaid = yes, gender = female).");
    assertThat(report).hasContent(OLD_REPORT);
    assertThat(outputs.toFile().list()).containsExactly("report.html");
  }
}
