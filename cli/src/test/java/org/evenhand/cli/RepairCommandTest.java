package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.bias;
import static org.evenhand.cli.Lending.gender;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evenhand repair} on a simulated population with a known bias. */
class RepairCommandTest {
  private static Lending lending;
  private static Path outputs;
  private static Cli.Outcome usual;

  private final Path folder;

  RepairCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void repair(@TempDir Path given, @TempDir Path written) {
    lending = Lending.in(given);
    outputs = written;
    usual =
        lending.run(
            "repair",
            "--max-accuracy-loss",
            "8",
            "--out",
            written.resolve("fair.onnx").toString(),
            "--json");
  }

  private Cli.Outcome repair(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--out", folder.resolve("fair.onnx").toString()));
    return lending.run("repair", all.toArray(String[]::new));
  }

  @Test
  void the_bias_that_was_put_in_is_taken_out_within_the_limit() {
    assertThat(usual).exits(0);
    JsonNode repaired = usual.json();

    assertThat(repaired.path("command").asText()).isEqualTo("repair");
    assertThat(gender(repaired.path("before")).path("verdict").asText()).isEqualTo("BIASED");
    assertThat(bias(repaired.path("after"))).isLessThan(bias(repaired.path("before")) / 2);
    double lost =
        repaired.path("before").path("overall_accuracy").path("value").asDouble()
            - repaired.path("after").path("overall_accuracy").path("value").asDouble();
    // The limit is on calibration rows, whose records are biased; on rows without bias nothing is
    // lost.
    assertThat(lost).isLessThan(0.02);
  }

  @Test
  void the_whole_search_is_in_the_evidence() throws IOException {
    JsonNode evidence = Cli.parse(Files.readString(outputs.resolve("fair.evidence.json")));
    List<String> methods = new ArrayList<>();
    evidence.findValue("searched").forEach(row -> methods.add(row.path("method").asText()));

    assertThat(methods).hasSizeGreaterThan(100).contains("nothing", "equal-odds", "erase");
  }

  @Test
  void the_audit_of_the_fused_model_gives_the_figures_after_the_repair() {
    Cli.Outcome audited =
        Cli.run(
            "audit",
            "--model",
            outputs.resolve("fair.onnx").toString(),
            "--data",
            lending.data().toString(),
            "--target",
            "repaid",
            "--attribute",
            "gender",
            "--classes",
            "no,yes",
            "--json");

    assertThat(audited).exits(0);
    assertThat(bias(audited.json())).isEqualTo(bias(usual.json().path("after")));
  }

  /** The written file answers as was measured, or the run would have stopped. */
  @ParameterizedTest
  @ValueSource(strings = {"dfr", "unlearn-groups", "unlearn-then-erase", "bias-scores"})
  void methods_that_edit_the_last_layer_or_read_both_chances_are_written_too(String method) {
    Cli.Outcome outcome = repair("--methods", method, "--max-accuracy-loss", "8", "--json");

    assertThat(outcome).exits(0);
    assertThat(bias(outcome.json().path("after")))
        .isLessThan(bias(outcome.json().path("before")) / 2);
    assertThat(folder.resolve("fair.onnx")).exists();
  }

  @Test
  void what_no_form_can_do_within_the_limits_is_not_done() {
    Cli.Outcome outcome = repair("--methods", "prior");

    assertThat(outcome).exits(5);
    assertThat(outcome.err()).contains("repair declined: doing nothing is recommended");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("fair.evidence.json", "fair.report.html");
  }

  /** One person of a value that nobody else has. */
  @Test
  void a_stray_row_stops_no_repair() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(lending.data()));
    String somebody =
        lines.stream().filter(line -> line.contains("calibration")).findFirst().orElseThrow();
    lines.add(somebody.replaceFirst("\\b(fe)?male\\b", "nobody"));
    Path data = folder.resolve("stray.csv");
    Files.write(data, lines);

    Cli.Outcome outcome =
        lending.run(
            "repair",
            lending.model(),
            data,
            "--methods",
            "equal-odds",
            "--max-accuracy-loss",
            "8",
            "--out",
            folder.resolve("fair.onnx").toString());

    assertThat(outcome).exits(0);
    assertThat(outcome.err())
        .contains(
            "Of 'gender' the value 'nobody' has only 0 calibration rows in some class; a repair is fitted to the other values");
  }

  @Test
  void a_method_that_is_not_there_is_refused_with_those_that_are() {
    Cli.Outcome outcome = repair("--methods", "equal-chances");

    assertThat(outcome).exits(2);
    assertThat(outcome.err())
        .contains(
            "There is no method 'equal-chances' for models of tables; choose among recommended, all, equal-odds");
  }

  @Test
  void a_search_is_for_one_thing() {
    assertThat(repair("--lower", "model-bias", "--raise", "worst-group").err())
        .contains("A search is for one thing, but 2 are named; name one.");
  }

  @Test
  void a_search_that_needs_pairs_says_how_to_make_them() {
    assertThat(repair("--lower", "counterfactual-bias").err())
        .contains(
            "--lower counterfactual-bias is about what happens if only the attribute changes; name it with --flip.");
    assertThat(repair("--flip", "gender", "--pairs", "other-rows").err())
        .contains(
            "A search compares a row with itself under another value, so --pairs is for 'evenhand unlearn' alone.");
    assertThat(repair("--flip", "region").err())
        .contains(
            "'region' is to be flipped, but not to be repaired; name it among the attributes.");
  }

  @Test
  void the_page_says_what_the_correction_reads_and_which_group_loses_most() throws IOException {
    assertThat(Files.readString(outputs.resolve("fair.report.html")))
        .contains("Does the correction read gender? Yes, it is one of the inputs.")
        .contains(
            "Of the groups by gender, accuracy falls most where repaid = yes and gender = male:");
  }
}
