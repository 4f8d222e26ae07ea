package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protected attributes that are numbers, such as ages, audited in bands. */
class BandsTest {
  private static final List<String> BANDS =
      List.of("under 18", "18 to under 40", "40 to under 60", "60 and over");

  private final Path folder;

  BandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Every age from 0 to 79 occurs five times among the 400 decisions. */
  private static int age(int row) {
    return 7 * row % 80;
  }

  private static int band(int row) {
    int age = age(row);
    return age < 18 ? 0 : age < 40 ? 1 : age < 60 ? 2 : 3;
  }

  private Path decisions(String name, String column, IntFunction<Object> cell) {
    return Decisions.write(
        Decisions.withColumn(column, row -> cell.apply(row).toString()), folder.resolve(name));
  }

  private Path ages() {
    return decisions("ages.csv", "age", BandsTest::age);
  }

  private static Cli.Outcome audit(Path rows, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("audit", "--predictions-column", "decided", "--target", "repaid"),
                Stream.concat(Stream.of("--json", "--data", rows.toString()), Stream.of(more)))
            .toList());
  }

  private static JsonNode attribute(Cli.Outcome outcome, String name) {
    assertThat(outcome).exits(0);
    return outcome.json().path("attributes").path(name);
  }

  private static List<String> values(JsonNode attribute) {
    return attribute.path("groups").findValuesAsText("attribute").stream().distinct().toList();
  }

  private static List<Integer> sizes(JsonNode attribute) {
    List<Integer> sizes = new ArrayList<>();
    attribute.path("groups").forEach(group -> sizes.add(group.path("n").asInt()));
    return sizes;
  }

  @Test
  void bands_have_the_figures_of_a_column_of_their_numbers() {
    JsonNode inBands =
        attribute(audit(ages(), "--attribute", "age", "--bands", "age=18,40,60"), "age");
    JsonNode coded =
        attribute(
            audit(decisions("codes.csv", "age", BandsTest::band), "--attribute", "age"), "age");

    assertThat(values(inBands)).isEqualTo(BANDS);
    assertThat(sizes(inBands)).isEqualTo(sizes(coded)).hasSize(8);
    assertThat(inBands.path("groups").findValues("accuracy"))
        .isEqualTo(coded.path("groups").findValues("accuracy"));
    for (String figure : List.of("model_bias", "average_group_accuracy", "verdict", "known")) {
      assertThat(inBands.path(figure)).isEqualTo(coded.path(figure));
    }
  }

  @Test
  void a_number_in_a_second_table_can_be_in_bands_and_is_unknown_where_it_is_missing() {
    Path data = decisions("keys.csv", "id", row -> row);
    List<String> lines =
        IntStream.range(0, 400).mapToObj(row -> row + (row < 40 ? "," : "," + age(row))).toList();
    Path restricted =
        Decisions.write(
            Stream.concat(Stream.of("id,age"), lines.stream()).toList(),
            folder.resolve("restricted.csv"));

    JsonNode age =
        attribute(
            audit(
                data,
                "--attributes-from",
                restricted.toString(),
                "--key",
                "id",
                "--attribute",
                "age",
                "--bands",
                "age=18,40,60"),
            "age");

    assertThat(values(age)).isEqualTo(BANDS);
    assertThat(age.path("unknown").asInt()).isEqualTo(40);
  }

  @Test
  void bands_can_be_crossed_and_be_the_reference() {
    JsonNode crossed =
        attribute(
            audit(
                ages(),
                "--attribute",
                "gender,age",
                "--bands",
                "age=40",
                "--reference",
                "gender,age=male, 40 and over"),
            "gender,age");

    assertThat(values(crossed))
        .containsExactly(
            "female, under 40", "female, 40 and over", "male, under 40", "male, 40 and over");
  }

  /** Every figure is computed anew from the network's own answers. */
  @Test
  void the_ages_of_adult_are_audited_while_the_network_reads_the_number() {
    JsonNode age =
        attribute(
            Adult.run("audit", "--attribute", "age", "--bands", "age=25,40,60", "--json"), "age");

    assertThat(values(age))
        .containsExactly("under 25", "25 to under 40", "40 to under 60", "60 and over");
    int[] rows = new int[8];
    int[] right = new int[8];
    try (OnnxClassifier model = OnnxClassifier.open(Adult.model())) {
      Table all = Tables.read(Adult.data(), TableOptions.of(model.inputs()));
      Table test = all.select(Split.rows(all, Split.COLUMN, Split.TEST));
      int[] income = Labels.target(test, "income", model.classes()).codes();
      int[] decided = model.answer(test).decisions(DecisionRule.MOST_PROBABLE);
      double[] ages = ((NumericColumn) test.column("age")).values();
      for (int row = 0; row < ages.length; row++) {
        int band = ages[row] < 25 ? 0 : ages[row] < 40 ? 1 : ages[row] < 60 ? 2 : 3;
        rows[4 * income[row] + band]++;
        right[4 * income[row] + band] += decided[row] == income[row] ? 1 : 0;
      }
    }
    for (int group = 0; group < 8; group++) {
      JsonNode measured = age.path("groups").path(group);
      assertThat(measured.path("n").asInt()).isEqualTo(rows[group]);
      assertThat(measured.path("accuracy").path("value").asDouble())
          .isEqualTo((double) right[group] / rows[group], within(1e-12));
    }
  }

  /** The sizes of the groups are those that the 1,354 names give when they are counted. */
  @Test
  void ages_in_the_names_of_faces_are_text_and_have_bands_all_the_same() {
    JsonNode age =
        attribute(
            Cli.run(
                "audit",
                "--model",
                RealData.file("models/face-api-age-gender.onnx").toString(),
                "--images",
                RealData.file("images/utkface-64.tar.gz").toString(),
                "--labels-pattern",
                "(?<age>\\d+)_(?<gender>\\d)_4_.*",
                "--target",
                "gender",
                "--classes",
                "0,1",
                "--attribute",
                "age",
                "--bands",
                "age=18,40,60",
                "--json"),
            "age");

    assertThat(values(age)).isEqualTo(BANDS);
    assertThat(sizes(age)).containsExactly(135, 346, 112, 7, 265, 451, 30, 8);
  }

  @Test
  void a_repair_removes_what_differs_between_bands_and_the_fused_model_reads_the_number() {
    Lending lending = Lending.in(folder);

    Cli.Outcome outcome =
        lending.eraseByTable(
            lending.data(),
            folder,
            "--attribute",
            "income",
            "--bands",
            "income=20000,40000",
            "--force",
            "--json");

    assertThat(outcome).exits(0);
    for (String when : List.of("before", "after")) {
      assertThat(values(outcome.json().path(when).path("attributes").path("income")))
          .containsExactly("under 20000", "20000 to under 40000", "40000 and over");
    }
    try (OnnxClassifier fused = OnnxClassifier.open(folder.resolve("fused.onnx"))) {
      assertThat(fused.inputs()).contains(new InputColumn("income", InputColumn.Kind.NUMBER));
    }
  }

  private static Cli.Outcome runOnLending(Lending lending, String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--model", lending.model().toString()));
    all.addAll(List.of("--data", lending.data().toString(), "--target", "repaid"));
    all.addAll(List.of("--classes", "no,yes", "--flip", "income", "--bands", "income=30000"));
    all.addAll(Arrays.asList(more));
    return Cli.run(all);
  }

  @Test
  void rows_of_different_bands_can_be_paired_and_the_gap_between_bands_explained() {
    Lending lending = Lending.in(folder);
    Path out = folder.resolve("influence.csv");

    assertThat(runOnLending(lending, "explain", "--bias", "demographic-parity", "--out", "" + out))
        .exits(0);
    assertThat(((TextColumn) Tables.read(out).column("attribute")).dictionary())
        .containsExactlyInAnyOrder("under 30000", "30000 and over");
    Cli.Outcome unlearned =
        runOnLending(
            lending,
            "unlearn",
            "--pairs",
            "other-rows",
            "--force",
            "--json",
            "--out",
            folder.resolve("repaired.onnx").toString());
    assertThat(unlearned).exits(0);
    assertThat(values(unlearned.json().at("/after/attributes/income")))
        .containsExactly("under 30000", "30000 and over");
    Cli.Outcome flipped = runOnLending(lending, "audit");
    assertThat(flipped).exits(ExitCode.BAD_INPUT);
    assertThat(flipped.err())
        .containsPattern(
            "evenhand: Column 'income' cannot be flipped, because a row that holds \\d+ counts as '[^']+'; pair rows instead of flipping them, or leave the bands out \\(--pairs, --bands\\)\\.");
  }

  @Test
  void a_column_in_bands_that_holds_text_is_bad_input() {
    Path text = decisions("text.csv", "age", row -> row == 6 ? "old" : age(row));

    assertThat(audit(text, "--attribute", "age", "--bands", "age=18,40,60"))
        .refuses(
            "Column 'age', data row 7: 'old' is not a number, so that it is in no band; correct the cell, or empty it if the value is missing.");
  }

  private void assertUsage(String sentence, String... bands) {
    List<String> options = new ArrayList<>(List.of("--attribute", "age"));
    for (String one : bands) {
      options.addAll(List.of("--bands", one));
    }
    assertThat(audit(ages(), options.toArray(String[]::new)))
        .refusesUsage(sentence, "evenhand audit");
  }

  @Test
  void bands_that_say_nothing_or_contradict_each_other_are_wrong_usage() {
    assertUsage(
        "Column 'score' is given bands, but it is no protected attribute; name it as one, or leave the bands out.",
        "score=0.5");
    assertUsage(
        "The bands of 'age' begin at 40, 18; each must begin at a number above the one before, such as age=18,40,60.",
        "age=40,18");
    assertUsage(
        "A band of 'age' cannot begin at 'forty'; expected a number, such as age=18,40,60.",
        "age=18,forty");
    assertUsage(
        "Column 'age' is given no number at which a band begins; name at least one, such as age=18,40,60.",
        "age=");
    assertUsage(
        "'18,40' does not say which bands a column has; expected the column and the numbers at which bands begin, such as age=18,40,60.",
        "18,40");
    assertUsage(
        "Column 'age' is given bands twice; name all numbers at which its bands begin at once.",
        "age=18",
        "age=40");
  }
}
