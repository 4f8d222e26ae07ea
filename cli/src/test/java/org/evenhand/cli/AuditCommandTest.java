package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenhand.core.Artefacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand audit} on decisions whose figures are known. */
class AuditCommandTest {
  private static final double EXACT = 1e-12;

  private static Path folder;

  private static Path data;
  private static Path model;

  @BeforeAll
  static void prepare(@TempDir Path shared) {
    folder = shared;
    data = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));
    model = SmallModels.ofScores(folder.resolve("scores.onnx"));
  }

  private static Cli.Outcome audit(Path rows, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("audit", "--data", rows.toString(), "--target", "repaid"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  private static Cli.Outcome auditModel(Path rows, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--model", model.toString(), "--classes", "no,yes"));
    arguments.addAll(List.of(more));
    return audit(rows, arguments.toArray(String[]::new));
  }

  private static JsonNode gender(Cli.Outcome outcome) {
    return outcome.json().path("attributes").path("gender");
  }

  private static Path rows(String name, List<String> lines) {
    return Decisions.write(lines, folder.resolve(name));
  }

  @Test
  void the_text_says_the_verdict_and_every_figure_with_its_interval() {
    Cli.Outcome outcome = auditModel(data, "--attribute", "gender");

    assertThat(outcome).exits(0);
    // Wilson's interval for 300 of 400.
    assertThat(outcome.out())
        .startsWith("400 rows, overall accuracy  75.00 % [70.53, 78.99]")
        .contains("gender: BIASED")
        .contains("Model Bias               30.00 % [")
        .contains("average group accuracy   75.00 % [")
        .contains("worst group accuracy     60.00 % [")
        .containsPattern("no, female +100 +90\\.00 % \\[")
        .containsPattern("yes, female +100 +60\\.00 % \\[")
        .contains("rates of class 'yes', compared with male:");
  }

  @Test
  void what_is_read_from_the_model_is_logged_and_nothing_else() {
    Cli.Outcome outcome = auditModel(data, "--attribute", "gender");

    assertThat(outcome.err().lines())
        .containsExactly(
            "evenhand: Answers are read from output 'probabilities' (probabilities, one column per"
                + " class); classes no, yes (as declared).");
  }

  @Test
  void machine_output_has_the_keys_and_figures_of_the_contract() {
    JsonNode audit = auditModel(data, "--attribute", "gender", "--json").json();

    assertThat(keys(audit))
        .contains("command", "rows", "model", "overall_accuracy", "attributes")
        .doesNotContain("outputs");
    assertThat(audit.path("command").asText()).isEqualTo("audit");
    assertThat(audit.path("rows").isIntegralNumber()).isTrue();
    assertThat(audit.path("rows").asLong()).isEqualTo(400);
    assertThat(keys(audit.path("model"))).containsExactlyInAnyOrder("path", "sha256");
    assertThat(audit.path("model").path("path").asText()).isEqualTo(model.toString());
    assertThat(audit.path("model").path("sha256").asText())
        .isEqualTo(Artefacts.of("model", model).sha256());
    assertEstimate(audit.path("overall_accuracy"), 0.75);

    JsonNode gender = audit.path("attributes").path("gender");
    assertEstimate(gender.path("average_group_accuracy"), 0.75);
    assertEstimate(gender.path("worst_group_accuracy"), 0.6);
    JsonNode bias = gender.path("model_bias");
    assertEstimate(bias, 0.3);
    assertThat(bias.path("noise_floor").asDouble()).isBetween(0.0, 0.1);
    assertThat(bias.path("p_value").asDouble()).isBetween(1e-9, 0.05);
    assertThat(gender.path("verdict").asText()).isEqualTo("BIASED");
    assertThat(gender.path("groups")).hasSize(4);
    for (int group = 0; group < 4; group++) {
      JsonNode node = gender.path("groups").path(group);
      assertThat(node.path("target").asText()).isEqualTo(group < 2 ? "no" : "yes");
      assertThat(node.path("attribute").asText()).isEqualTo(group % 2 == 0 ? "female" : "male");
      assertThat(node.path("n").asLong()).isEqualTo(100);
      assertEstimate(node.path("accuracy"), Decisions.RIGHT[group] / 100.0);
    }
  }

  /** {@code {"value","low","high"}}, all in 0…1. */
  private static void assertEstimate(JsonNode estimate, double value) {
    assertThat(keys(estimate)).contains("value", "low", "high");
    assertThat(estimate.path("value").asDouble()).isEqualTo(value, within(EXACT));
    assertThat(estimate.path("low").asDouble()).isBetween(0.0, value);
    assertThat(estimate.path("high").asDouble()).isBetween(value, 1.0);
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new HashSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void a_group_without_rows_is_not_judged_and_leaves_the_verdict_on_the_others() {
    List<String> lines = Decisions.lines();
    lines.add("0.3,no,no,other,first");

    JsonNode gender =
        gender(auditModel(rows("empty-group.csv", lines), "--attribute", "gender", "--json"));

    assertThat(gender.path("verdict").asText()).isEqualTo("BIASED");
    assertThat(gender.path("model_bias").path("value").asDouble()).isCloseTo(0.3, within(1e-9));
    JsonNode empty = gender.path("groups").path(5);
    assertThat(empty.path("accuracy").path("value").isNull()).isTrue();
    assertThat(empty.path("accuracy").path("reason").asText())
        .isEqualTo("the group gender = other, repaid = yes has no rows");
  }

  @Test
  void scores_in_a_column_give_the_figures_of_the_model_that_answered_them() {
    Cli.Outcome recorded =
        audit(data, "--scores-column", "score", "--attribute", "gender", "--json");

    assertThat(recorded).exits(0);
    assertThat(recorded.err()).isEmpty();
    assertThat(recorded.json().path("model").isNull()).isTrue();
    assertThat(gender(recorded).path("groups"))
        .isEqualTo(gender(auditModel(data, "--attribute", "gender", "--json")).path("groups"));
  }

  @Test
  void decisions_in_a_column_are_audited_without_scores() {
    JsonNode gender =
        gender(audit(data, "--predictions-column", "decided", "--attribute", "gender", "--json"));

    assertEstimate(gender.path("model_bias"), 0.3);
    assertThat(gender.path("values").path(0).path("auc").path("value").isNull()).isTrue();
  }

  @Test
  void a_model_that_only_names_classes_is_audited_too() {
    Path labels = SmallModels.ofLabels(folder.resolve("labels.onnx"));

    JsonNode gender =
        gender(
            audit(
                data,
                "--model",
                labels.toString(),
                "--classes",
                "no,yes",
                "--attribute",
                "gender",
                "--json"));

    assertEstimate(gender.path("model_bias"), 0.3);
  }

  @Test
  void columns_of_one_tensor_are_named_by_features() {
    Path twoFeatures = SmallModels.ofTwoFeatures(folder.resolve("features.onnx"));
    // The model decides yes where 2 · score + shift is positive: for exactly the rows of "yes".
    List<String> lines = Decisions.withColumn("shift", row -> "-1");

    JsonNode gender =
        gender(
            audit(
                rows("shift.csv", lines),
                "--model",
                twoFeatures.toString(),
                "--features",
                "score,shift",
                "--classes",
                "no,yes",
                "--attribute",
                "gender",
                "--json"));

    assertEstimate(gender.path("model_bias"), 0.3);
  }

  @Test
  void at_the_threshold_the_second_class_is_decided() {
    JsonNode all = auditModel(data, "--attribute", "gender", "--json", "--threshold", "0.3").json();
    JsonNode none =
        auditModel(data, "--attribute", "gender", "--json", "--threshold", "0.81").json();

    // Everyone decided yes, and no one: right for one class, wrong for the other, without a gap.
    assertEstimate(all.path("overall_accuracy"), 0.5);
    assertThat(accuracies(all)).containsExactly(0.0, 0.0, 1.0, 1.0);
    assertThat(accuracies(none)).containsExactly(1.0, 1.0, 0.0, 0.0);
    assertThat(all.path("attributes").path("gender").path("verdict").asText())
        .isNotEqualTo("BIASED");
  }

  private static List<Double> accuracies(JsonNode audit) {
    List<Double> accuracies = new ArrayList<>();
    audit
        .path("attributes")
        .path("gender")
        .path("groups")
        .forEach(group -> accuracies.add(group.path("accuracy").path("value").asDouble()));
    return accuracies;
  }

  @Test
  void favourable_and_reference_fix_the_direction_of_rates_and_ratios() {
    JsonNode audit =
        auditModel(
                data,
                "--attribute",
                "gender",
                "--json",
                "--favourable",
                "no",
                "--reference",
                "gender=male")
            .json();

    assertThat(audit.path("favourable").asText()).isEqualTo("no");
    JsonNode female = audit.path("attributes").path("gender").path("values").path(0);
    JsonNode male = audit.path("attributes").path("gender").path("values").path(1);
    // Decided no: 90 + 40 of 200 women, 60 + 10 of 200 men.
    assertEstimate(female.path("selection_rate"), 0.65);
    assertEstimate(male.path("selection_rate"), 0.35);
    assertThat(female.path("impact_ratio").path("value").asDouble())
        .isEqualTo(0.65 / 0.35, within(EXACT));
    assertThat(male.path("impact_ratio").path("value").asDouble()).isEqualTo(1);
  }

  @Test
  void the_test_split_is_the_usual_one_and_any_other_can_be_named() {
    // Every fifth row is for training, so each group keeps 80 of its 100 rows for the test.
    Path split =
        rows("split.csv", Decisions.withColumn("split", row -> row % 5 == 0 ? "train" : "test"));

    assertThat(rowsOf(auditModel(split, "--attribute", "gender", "--json"))).isEqualTo(320);
    assertThat(rowsOf(auditModel(split, "--attribute", "gender", "--json", "--split", "train")))
        .isEqualTo(80);
    assertThat(rowsOf(auditModel(split, "--attribute", "gender", "--json", "--split", "all")))
        .isEqualTo(400);
  }

  @Test
  void another_column_can_say_the_split() {
    Path part = rows("part.csv", Decisions.withColumn("part", row -> row % 4 == 0 ? "new" : "old"));

    assertThat(rowsOf(auditModel(part, "--attribute", "gender", "--json"))).isEqualTo(400);
    assertThat(
            rowsOf(
                auditModel(
                    part,
                    "--attribute",
                    "gender",
                    "--json",
                    "--split-column",
                    "part",
                    "--split",
                    "new")))
        .isEqualTo(100);
  }

  private static long rowsOf(Cli.Outcome outcome) {
    return outcome.json().path("rows").asLong();
  }

  @Test
  void a_weight_counts_as_so_many_rows() {
    List<String> repeated = Decisions.lines();
    repeated.addAll(repeated.subList(1, 51));
    Path weighted = rows("weights.csv", Decisions.withColumn("times", row -> row < 50 ? "2" : "1"));

    JsonNode byWeight =
        auditModel(
                weighted,
                "--attribute",
                "gender",
                "--json",
                "--weights-column",
                "times",
                "--weights",
                "frequency")
            .json();
    JsonNode byRows =
        auditModel(rows("repeated.csv", repeated), "--attribute", "gender", "--json").json();

    assertThat(byWeight.path("rows").asLong()).isEqualTo(450);
    assertThat(byWeight.path("attributes")).isEqualTo(byRows.path("attributes"));
  }

  @Test
  void p_values_of_several_attributes_are_adjusted_by_holm() {
    JsonNode attributes =
        auditModel(data, "--attribute", "gender", "--attribute", "half", "--json")
            .json()
            .path("attributes");

    JsonNode gender = attributes.path("gender").path("model_bias");
    JsonNode half = attributes.path("half").path("model_bias");
    double smaller = gender.path("p_value").asDouble();
    double larger = half.path("p_value").asDouble();
    assertThat(smaller).isLessThan(larger);
    assertThat(gender.path("adjusted_p_value").asDouble()).isEqualTo(2 * smaller, within(EXACT));
    assertThat(half.path("adjusted_p_value").asDouble())
        .isEqualTo(Math.max(2 * smaller, larger), within(EXACT));
    assertThat(attributes.path("half").path("verdict").asText()).isNotEqualTo("BIASED");
  }

  @Test
  void report_and_evidence_are_written_beside_the_answer(@TempDir Path outputs) throws IOException {
    Path report = outputs.resolve("report.html");
    Path evidence = outputs.resolve("evidence.json");

    JsonNode audit =
        auditModel(
                data,
                "--attribute",
                "gender",
                "--json",
                "--report",
                report.toString(),
                "--evidence",
                evidence.toString())
            .json();

    assertThat(audit.path("outputs").path("report").asText()).isEqualTo(report.toString());
    assertThat(audit.path("outputs").path("evidence").asText()).isEqualTo(evidence.toString());
    assertThat(report).content().startsWith("<!DOCTYPE html>").contains("30.0");
    JsonNode written = Cli.parse(Files.readString(evidence));
    assertThat(written.path("attributes")).isEqualTo(audit.path("attributes"));
    assertThat(written.path("provenance").path("command_line").asText())
        .startsWith("evenhand audit --data " + data);
    assertThat(outputs.toFile().list()).containsExactlyInAnyOrder("report.html", "evidence.json");
  }

  @Test
  void bias_fails_the_process_only_where_asked_for_and_found() {
    assertThat(auditModel(data, "--attribute", "gender", "--fail-on-bias")).exits(1);
    assertThat(auditModel(data, "--attribute", "gender")).exits(0);
    assertThat(
            auditModel(
                data,
                "--attribute",
                "gender",
                "--fail-on-bias",
                "--tolerance",
                "0.5",
                "--gap-tolerance",
                "0.5"))
        .exits(0);
  }

  @Test
  void batch_size_and_threads_change_no_figure() {
    JsonNode usual = auditModel(data, "--attribute", "gender", "--json").json();

    assertThat(
            auditModel(
                    data, "--attribute", "gender", "--json", "--batch-size", "7", "--threads", "2")
                .json())
        .isEqualTo(usual);
    assertThat(auditModel(data, "--attribute", "gender", "--json", "--threads", "1").json())
        .isEqualTo(usual);
  }
}
