package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.Artefacts;
import org.evenhand.eraser.Estimator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand erase} on a simulated population with a known bias. */
class EraseCommandTest {
  private static final String[] FILES = {
    "evidence.json", "fused.onnx", "patch.onnx", "report.html"
  };

  private static Lending lending;
  private static Path usual;
  private static Cli.Outcome usualOutcome;
  private static Path byTable;
  private static JsonNode erasedByTable;

  private final Path folder;

  EraseCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void erase(@TempDir Path given, @TempDir Path outputs, @TempDir Path more) {
    lending = Lending.in(given);
    usual = outputs;
    usualOutcome =
        lending.run("erase", "--out", outputs.resolve("fused.onnx").toString(), "--json");
    byTable = more;
    erasedByTable = eraseByTable(lending.data(), more, "--json").json();
  }

  /** One fixed estimator in two folds, which is faster than the choice among five. */
  private static Cli.Outcome eraseByTable(Path data, Path folder, String... more) {
    Stream<String> fixed =
        Stream.of(
            "--out", folder.resolve("fused.onnx").toString(), "--estimator", "C2", "--folds", "2");
    return lending.run(
        "erase",
        lending.model(),
        data,
        Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
  }

  private Cli.Outcome eraseByTable(String... more) {
    return eraseByTable(lending.data(), folder, more);
  }

  private Path fused() {
    return folder.resolve("fused.onnx");
  }

  private static JsonNode gender(JsonNode audit) {
    return audit.path("attributes").path("gender");
  }

  private static double bias(JsonNode audit) {
    return gender(audit).path("model_bias").path("value").asDouble(Double.NaN);
  }

  @Test
  void machine_output_has_the_keys_of_the_contract() {
    assertThat(usualOutcome).exits(0);
    JsonNode erased = usualOutcome.json();

    assertThat(erased.fieldNames())
        .toIterable()
        .contains("command", "method", "before", "after", "measured_on", "outputs");
    assertThat(erased.path("command").asText()).isEqualTo("erase");
    assertThat(Estimator.all())
        .extracting(Estimator::code)
        .contains(erased.path("method").asText());
    assertThat(erased.path("measured_on").asText()).isEqualTo("test");
    assertThat(erased.path("before").path("command").asText()).isEqualTo("audit");
    assertThat(erased.path("before").path("model").path("path").asText())
        .isEqualTo(lending.model().toString());
    assertThat(erased.path("after").path("model").path("path").asText())
        .isEqualTo(usual.resolve("fused.onnx").toString());
    assertThat(erased.path("after").path("model").path("sha256").asText())
        .isEqualTo(Artefacts.of("model", usual.resolve("fused.onnx")).sha256());
    for (String audit : List.of("before", "after")) {
      for (String figure : List.of("value", "low", "high")) {
        assertThat(gender(erased.path(audit)).path("model_bias").path(figure).asDouble())
            .isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void all_outputs_are_written_and_named() throws IOException {
    JsonNode outputs = usualOutcome.json().path("outputs");

    assertThat(usual.toFile().list()).containsExactlyInAnyOrder(FILES);
    assertThat(outputs.path("model").asText()).isEqualTo(usual.resolve("fused.onnx").toString());
    assertThat(outputs.path("patch").asText()).isEqualTo(usual.resolve("patch.onnx").toString());
    assertThat(outputs.path("report").asText()).isEqualTo(usual.resolve("report.html").toString());
    JsonNode evidence = Cli.parse(Files.readString(usual.resolve("evidence.json")));
    assertThat(evidence.path("after").path("attributes"))
        .isEqualTo(usualOutcome.json().path("after").path("attributes"));
    for (JsonNode written : evidence.path("repair").path("written")) {
      Path file = Path.of(written.path("path").asText());
      assertThat(written.path("sha256").asText()).isEqualTo(Artefacts.of("", file).sha256());
    }
    assertThat(usual.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
  }

  @Test
  void the_bias_that_was_put_in_is_taken_out() {
    JsonNode erased = usualOutcome.json();

    // Records say that 40 % of the women and 80 % of the men repaid, while both did alike.
    assertThat(gender(erased.path("before")).path("verdict").asText()).isEqualTo("BIASED");
    assertThat(gender(erased.path("after")).path("verdict").asText()).isNotEqualTo("BIASED");
    assertThat(bias(erased.path("after"))).isLessThan(bias(erased.path("before")) / 2);
  }

  @Test
  void the_audit_of_the_fused_model_gives_the_figures_after_the_repair() {
    Cli.Outcome audited =
        lending.run("audit", usual.resolve("fused.onnx"), lending.data(), "--json");

    JsonNode after = usualOutcome.json().path("after");
    assertThat(audited.json().path("overall_accuracy")).isEqualTo(after.path("overall_accuracy"));
    for (String figure :
        List.of(
            "average_group_accuracy", "worst_group_accuracy", "model_bias", "verdict", "groups")) {
      assertThat(gender(audited.json()).path(figure))
          .as(figure)
          .isEqualTo(gender(after).path(figure));
    }
  }

  @Test
  void the_audit_of_the_deployed_model_gives_the_figures_before_the_repair() {
    JsonNode audited = lending.run("audit", "--json").json();

    assertThat(audited).isEqualTo(usualOutcome.json().path("before"));
  }

  @Test
  void the_text_sets_before_beside_after() {
    Cli.Outcome outcome = lending.run("erase", "--out", fused().toString(), "--estimator", "C2");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .containsPattern("^gender: BIASED before, \\w+ after \\(\\d+ test rows that nothing was")
        .containsPattern("before +uniform +\\(keep-class-prior\\)")
        .contains("Estimator C2, ", "C2 was asked for.", "model     " + fused());
  }

  @Test
  void the_same_seed_gives_the_same_model_whatever_the_threads_and_the_batch_size() {
    JsonNode again =
        lending
            .run(
                "erase",
                "--out",
                fused().toString(),
                "--json",
                "--threads",
                "1",
                "--batch-size",
                "100")
            .json();

    JsonNode erased = usualOutcome.json();
    assertThat(again.path("method")).isEqualTo(erased.path("method"));
    assertThat(again.path("after").path("attributes"))
        .isEqualTo(erased.path("after").path("attributes"));
    assertThat(undated(fused())).isEqualTo(undated(usual.resolve("fused.onnx")));
  }

  private static ModelProto undated(Path file) {
    ModelProto.Builder model = SmallModels.read(file).toBuilder();
    List<StringStringEntryProto> kept =
        model.getMetadataPropsList().stream()
            .filter(entry -> !entry.getKey().equals("evenhand.date"))
            .toList();
    assertThat(kept).hasSize(model.getMetadataPropsCount() - 1);
    return model.clearMetadataProps().addAllMetadataProps(kept).build();
  }

  @Test
  void the_first_method_of_the_paper_can_be_asked_for() {
    JsonNode erased =
        lending
            .run(
                "erase", "--out", fused().toString(), "--estimator", "p1", "--folds", "2", "--json")
            .json();

    assertThat(erased.path("method").asText()).isEqualTo("P1");
    assertThat(bias(erased.path("after"))).isLessThan(bias(erased.path("before")));
  }

  @Test
  void half_the_strength_lies_between_the_deployed_model_and_the_full_repair() {
    JsonNode half = eraseByTable("--json", "--strength", "0.5").json();

    assertThat(half.path("strength").asDouble()).isEqualTo(0.5);
    assertThat(bias(half.path("after")))
        .isGreaterThan(bias(erasedByTable.path("after")))
        .isLessThan(bias(erasedByTable.path("before")));
  }

  @Test
  void without_strength_nothing_changes_and_so_nothing_is_written() {
    Cli.Outcome outcome = eraseByTable("--json", "--strength", "0");

    assertThat(outcome).exits(5);
    JsonNode declined = outcome.json();
    assertThat(declined.path("declined").asBoolean()).isTrue();
    assertThat(declined.path("declined_reason").asText()).contains("there is nothing to remove");
    assertThat(declined.path("outputs")).isEmpty();
    assertThat(gender(declined.path("after")).path("groups"))
        .isEqualTo(gender(declined.path("before")).path("groups"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_declined_repair_is_written_by_force_and_says_so() {
    Cli.Outcome outcome =
        lending.run(
            "erase",
            "--out",
            fused().toString(),
            "--estimator",
            "C2",
            "--strength",
            "0",
            "--force");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .startsWith("gender: repair declined but written, as --force asks; BIASED before, BIASED");
    assertThat(outcome.err()).endsWith("Written all the same, as --force asks.\n");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(FILES);
    assertThat(SmallModels.read(fused()).getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .contains("evenhand.declined");
  }

  @Test
  void the_text_of_a_declined_repair_shows_its_figures_as_tried() {
    Cli.Outcome outcome = eraseByTable("--strength", "0");

    assertThat(outcome).exits(5);
    assertThat(outcome.out())
        .startsWith("gender: repair declined, nothing written; BIASED now, would be BIASED (")
        .containsPattern("before +tried: uniform +\\(keep-class-prior\\)")
        .doesNotContain(fused().toString());
    assertThat(outcome.err()).contains("evenhand: repair declined: ");
  }

  @Test
  void keeping_the_class_prior_is_another_goal() {
    JsonNode kept = eraseByTable("--json", "--keep-class-prior").json();

    assertThat(kept.path("goal").asText()).isEqualTo("keep-class-prior");
    assertThat(erasedByTable.path("goal").asText()).isEqualTo("uniform");
    assertThat(kept.path("after").path("attributes"))
        .isNotEqualTo(erasedByTable.path("after").path("attributes"));
  }

  @Test
  void a_blind_patch_does_not_read_the_attribute() {
    assertThat(eraseByTable("--force", "--blind")).exits(0);

    assertThat(inputsOfPatch(folder)).contains("region").doesNotContain("gender");
    assertThat(inputsOfPatch(byTable)).contains("region", "gender");
  }

  private static List<String> inputsOfPatch(Path outputs) {
    return SmallModels.read(outputs.resolve("patch.onnx")).getGraph().getInputList().stream()
        .map(input -> input.getName())
        .toList();
  }

  @Test
  void a_table_without_splits_is_divided_into_fitted_and_held_out_rows() {
    Path data = lending.dataWithoutSplit();
    JsonNode half = eraseByTable(data, folder, "--json").json();
    JsonNode fifth = eraseByTable(data, folder, "--json", "--test-fraction", "0.2").json();

    assertThat(half.path("measured_on").asText()).isEqualTo("held-out");
    assertThat(half.path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 2);
    assertThat(fifth.path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 5);
  }

  @Test
  void any_split_can_be_fitted_on_and_the_test_rows_are_measured() {
    JsonNode trained = eraseByTable("--json", "--split", "train").json();

    assertThat(trained.path("measured_on").asText()).isEqualTo("test");
    assertThat(trained.path("before")).isEqualTo(erasedByTable.path("before"));
    assertThat(trained.path("after").path("attributes"))
        .isNotEqualTo(erasedByTable.path("after").path("attributes"));
  }

  @Test
  void fitting_on_the_test_rows_holds_out_a_part_of_them() {
    JsonNode tested = eraseByTable("--json", "--split", "test").json();

    assertThat(tested.path("measured_on").asText()).isEqualTo("held-out");
    assertThat(tested.path("after").path("rows").asDouble())
        .isEqualTo(erasedByTable.path("after").path("rows").asDouble() / 2, within(1.0));
  }

  @Test
  void several_attributes_are_corrected_at_once() {
    Cli.Outcome outcome = eraseByTable("--json", "--force", "--attribute", "region");

    assertThat(outcome).exits(0);
    assertThat(outcome.json().path("after").path("attributes").fieldNames())
        .toIterable()
        .containsExactly("gender", "region");
    assertThat(bias(outcome.json().path("after"))).isLessThan(bias(outcome.json().path("before")));
  }

  @Test
  void a_decision_of_the_fused_model_is_explained_by_what_was_subtracted() {
    String model = byTable.resolve("fused.onnx").toString();
    Cli.Outcome outcome =
        Cli.run(
            "explain-decision",
            "--model",
            model,
            "--data",
            lending.data().toString(),
            "--row",
            "1,7",
            "--json");

    assertThat(outcome).exits(0);
    JsonNode decisions = outcome.json().path("decisions");
    assertThat(decisions)
        .extracting(decision -> decision.path("row").asInt())
        .containsExactly(1, 7);
    JsonNode yes = decisions.path(0).path("answers").path(1);
    JsonNode no = decisions.path(0).path("answers").path(0);
    // Subtraction of log-probabilities, normalised: the log-odds fall by the difference of the
    // rule.
    assertThat(logOdds(yes, no, "original") - logOdds(yes, no, "corrected"))
        .isEqualTo(
            yes.path("subtracted_nats").asDouble() - no.path("subtracted_nats").asDouble(),
            within(1e-4));
  }

  private static double logOdds(JsonNode yes, JsonNode no, String figure) {
    return Math.log(yes.path(figure).asDouble() / no.path(figure).asDouble());
  }

  @Test
  void only_decisions_of_a_fused_model_can_be_explained_and_only_rows_that_there_are() {
    String data = lending.data().toString();
    String fused = byTable.resolve("fused.onnx").toString();

    assertThat(Cli.run("explain-decision", "--model", fused, "--data", data, "--row", "2501"))
        .refuses("--row 2501 is not there: '%s' has rows 1 to 2500.".formatted(data));
    assertThat(
            Cli.run(
                "explain-decision",
                "--model",
                lending.model().toString(),
                "--data",
                data,
                "--row",
                "1"))
        .exits(3);
  }

  @Test
  void a_model_with_one_tensor_input_is_fused_too() {
    List<String> lines = Decisions.withColumn("shift", row -> row % 2 == 0 ? "-1.1" : "-0.9");
    Path data = Decisions.write(lines, folder.resolve("shift.csv"));
    Path model = SmallModels.ofTwoFeatures(folder.resolve("features.onnx"));

    Cli.Outcome outcome =
        Cli.run(
            "erase",
            "--model",
            model.toString(),
            "--features",
            "score,shift",
            "--classes",
            "no,yes",
            "--data",
            data.toString(),
            "--target",
            "repaid",
            "--attribute",
            "gender",
            "--estimator",
            "C2",
            "--folds",
            "2",
            "--force",
            "--out",
            fused().toString());

    assertThat(outcome).exits(0);
    assertThat(fused()).exists();
  }

  @Test
  void a_model_that_only_names_classes_is_refused_with_the_reason() {
    Path data = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));
    Path labels = SmallModels.ofLabels(folder.resolve("labels.onnx"));

    assertThat(lending.run("erase", labels, data, "--out", fused().toString()))
        .refuses(
            "The model answers with labels only; a rule can only be distilled from probabilities or"
                + " logits, so let the model put out one of them.");
    assertThat(fused()).doesNotExist();
  }
}
