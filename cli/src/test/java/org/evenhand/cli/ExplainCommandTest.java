package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Tables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand explain}, on the given network of Adult and on simulated lending. */
class ExplainCommandTest {
  private static Path files;
  private static Lending lending;
  private static JsonNode adult;
  private static Table adultRows;

  @BeforeAll
  static void prepare(@TempDir Path shared, @TempDir Path lent) {
    files = shared;
    lending = Lending.in(lent);
    Path out = shared.resolve("influence.csv");
    Cli.Outcome outcome =
        Adult.run(
            "explain", "--flip", "sex", "--top", "50", "--rows", "--out", out.toString(), "--json");
    assertThat(outcome).exits(0);
    adult = outcome.json();
    adultRows = Tables.read(out);
  }

  private static Cli.Outcome explainLending(String... more) {
    return explain(lending.model(), lending.data(), more);
  }

  private static Cli.Outcome explain(Path model, Path data, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "explain",
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--target",
                "repaid",
                "--classes",
                "no,yes"));
    all.addAll(Arrays.asList(more));
    return Cli.run(all);
  }

  private static double[] influence() {
    return ((NumericColumn) adultRows.column("influence")).values();
  }

  @Test
  void the_most_harmful_rows_are_bias_aligned_and_the_most_helpful_conflict() {
    double base = adult.path("aligned_share").asDouble();

    assertThat(base).isBetween(0.4, 0.6);
    assertThat(adult.path("aligned_share_of_harmful").asDouble()).isGreaterThan(base + 0.3);
    assertThat(adult.path("aligned_share_of_helpful").asDouble()).isLessThan(base);
    assertThat(adult.path("stability").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void machine_output_names_rows_with_their_influence_and_columns() {
    assertThat(adult.path("command").asText()).isEqualTo("explain");
    assertThat(adult.path("attribute").asText()).isEqualTo("sex");
    assertThat(adult.path("training_rows").asInt()).isEqualTo(Adult.TRAIN_ROWS);
    assertThat(adult.path("bias").asDouble()).isEqualTo(0.06, within(0.005));
    for (String kind : List.of("harmful", "helpful")) {
      assertThat(adult.path(kind)).hasSize(50);
      int sign = kind.equals("harmful") ? 1 : -1;
      double[] influence = influence();
      for (JsonNode row : adult.path(kind)) {
        assertThat(sign * row.path("influence").asDouble()).isPositive();
        assertThat(row.path("columns").path("age").asText()).isNotEmpty();
        // The table begins with the train rows, in their order.
        assertThat(influence[row.path("row").asInt() - 1])
            .isEqualTo(row.path("influence").asDouble());
      }
    }
  }

  @Test
  void every_training_row_is_in_the_file_and_the_first_shown_is_the_largest() {
    assertThat(adultRows.rows()).isEqualTo(Adult.TRAIN_ROWS);
    assertThat(adultRows.names())
        .containsExactly("row", "influence", "target", "attribute", "aligned");
    assertThat(Arrays.stream(influence()).max().orElseThrow())
        .isEqualTo(adult.path("harmful").path(0).path("influence").asDouble());
    assertThat(Arrays.stream(influence()).min().orElseThrow())
        .isEqualTo(adult.path("helpful").path(0).path("influence").asDouble());
  }

  @Test
  void the_text_says_where_the_bias_comes_from_and_where_to_look_for_wrong_labels() {
    Cli.Outcome outcome = explainLending("--flip", "gender", "--top", "3", "--rows");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .startsWith("counterfactual bias of 'gender': 0.")
        .containsPattern("bias-aligned: \\S+ % of all training rows, \\S+ % of the 3 most harmful")
        .containsPattern("stability: \\d+ % of the most harmful rows are found again")
        .contains("Mislabelled rows look bias-conflicting and surface among the helpful ones");
    assertThat(outcome.out().lines().filter(line -> line.startsWith("  row "))).hasSize(6);
    assertThat(outcome.out().lines().filter(line -> line.startsWith("  row ")))
        .allMatch(line -> line.contains("repaid = ") && line.contains("gender = "))
        .noneMatch(line -> line.contains("split="));
  }

  @Test
  void single_rows_are_shown_only_where_that_is_asked_for() {
    Cli.Outcome outcome = explainLending("--flip", "gender", "--top", "3");

    assertThat(outcome.out().lines().filter(line -> line.startsWith("  row "))).isEmpty();
    assertThat(outcome.out())
        .containsPattern("\\d+ +[+-]\\d\\.\\d\\d +\\d +\\d  repaid = no, gender = female")
        .doesNotContain("single persons");
    assertThat(explainLending("--flip", "gender", "--top", "3", "--rows").out())
        .contains("These are records of single persons");
  }

  @Test
  void gaps_between_groups_are_explained_too() {
    for (String gap : List.of("demographic-parity", "equal-opportunity", "equalized-odds")) {
      JsonNode explained = explainLending("--flip", "gender", "--bias", gap, "--json").json();

      assertThat(explained.path("bias_function").asText()).contains(gap.replace('-', ' '));
      assertThat(explained.path("bias").asDouble()).isBetween(0.05, 0.6);
      assertThat(explained.path("harmful_rows").asInt()).isEqualTo(20);
      assertThat(explained.has("harmful")).isFalse();
    }
  }

  @Test
  void rows_of_unknown_value_have_an_influence_but_are_neither_aligned_nor_conflicting() {
    Path data = withUnknownGender(files.resolve("unknown.csv"));
    Path out = files.resolve("unknown-influence.csv");

    for (String bias : List.of("counterfactual", "equal-opportunity")) {
      Cli.Outcome outcome =
          explain(
              lending.model(),
              data,
              "--flip",
              "gender",
              "--bias",
              bias,
              "--overwrite",
              "--out",
              out.toString());
      assertThat(outcome).exits(0);
    }
    TextColumn aligned = (TextColumn) Tables.read(out).column("aligned");
    assertThat(IntStream.range(0, aligned.rows()).mapToObj(aligned::value))
        .contains("yes", "no", "");
  }

  /** Every fifth value is missing. */
  private static Path withUnknownGender(Path file) {
    Table people = lending.people();
    TextColumn gender = (TextColumn) people.column("gender");
    List<String> values = new ArrayList<>(Collections.nCopies(people.rows(), ""));
    for (int row = 0; row < values.size(); row++) {
      values.set(row, row % 5 == 0 ? "" : gender.value(row));
    }
    List<Column> columns = new ArrayList<>(people.columns());
    columns.replaceAll(
        column -> column.name().equals("gender") ? TextColumn.of("gender", values) : column);
    CsvFile.write(Table.of(columns), file);
    return file;
  }

  @Test
  void an_attribute_that_the_model_does_not_read_has_no_counterfactual_bias_but_gaps() {
    Path blind = lending.blindModel();

    assertThat(explain(blind, lending.data(), "--flip", "gender"))
        .refuses(
            "The model does not read 'gender', so that its counterfactual bias is 0 and no row put it"
                + " there; explain the gap between groups instead.");
    assertThat(explain(blind, lending.data(), "--flip", "gender", "--bias", "demographic-parity"))
        .exits(0);
  }

  @Test
  void a_singular_hessian_asks_for_a_larger_ridge() {
    Cli.Outcome outcome = Adult.run("explain", "--flip", "sex", "--ridge", "0");

    assertThat(outcome)
        .refuses(
            "The Hessian of the head's 200 parameters is singular with a ridge of 0.0: some weights do"
                + " not change any answer to these rows. Use a larger ridge.");
  }

  @Test
  void options_out_of_range() {
    assertThat(explainLending())
        .refusesUsage("Name the one attribute to explain with --flip=COLUMN.", "evenhand explain");
    assertThat(explainLending("--flip", "gender", "--top", "0"))
        .refusesUsage("--top is 0; it must be at least 1.", "evenhand explain");
    assertThat(explainLending("--flip", "gender", "--threads", "0"))
        .refusesUsage("--threads is 0; it must be at least 1.", "evenhand explain");
    assertThat(explainLending("--flip", "gender", "--ridge", "-1"))
        .refusesUsage("The ridge is -1.0; it must be finite and not negative.", "evenhand explain");
    assertThat(explainLending("--flip", "gender", "--bias", "luck"))
        .refusesUsage(
            "--bias is 'luck'; expected counterfactual, demographic-parity, equal-opportunity or"
                + " equalized-odds.",
            "evenhand explain");
    assertThat(
            explainLending("--flip", "gender", "--bias", "equal-opportunity", "--favourable", "?"))
        .refuses("The favourable class is '?', which is no class; the classes are no, yes.");
    assertThat(explainLending("--flip", "gender", "--out", lending.data().toString()))
        .refuses(
            "The output '%s' is also an input; name another file, so that the original stays."
                .formatted(lending.data()));
  }
}
