package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Artefacts;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.unlearning.Update;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand unlearn} on the given network of Adult. */
class UnlearnCommandTest {
  /** What acceptance asks of sex on unseen rows, as the mean of five draws of pairs. */
  private static final double BIAS_OF_SEX = 0.024;

  /** Three tenths of a point, on all test rows. */
  private static final double ACCURACY_LOSS = 0.003;

  private static Path usual;
  private static Cli.Outcome usualOutcome;

  private final Path folder;

  UnlearnCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void unlearn(@TempDir Path outputs) {
    usual = outputs;
    usualOutcome = unlearnInto(outputs, "--flip", "sex", "--json");
  }

  private static Cli.Outcome unlearnInto(Path folder, String... more) {
    String[] out = {"--out", folder.resolve("repaired.onnx").toString()};
    return Adult.run("unlearn", concat(out, more));
  }

  private static String[] concat(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static JsonNode counterfactualBias(JsonNode audit, String attribute) {
    return audit.path("attributes").path(attribute).path("counterfactual_bias");
  }

  private static double bias(JsonNode audit, String attribute) {
    return counterfactualBias(audit, attribute).path("value").asDouble(Double.NaN);
  }

  private static double accuracy(JsonNode audit) {
    return audit.path("overall_accuracy").path("value").asDouble(Double.NaN);
  }

  private static void assertCostsLittle(JsonNode unlearned) {
    assertThat(accuracy(unlearned.path("after")))
        .isGreaterThanOrEqualTo(accuracy(unlearned.path("before")) - ACCURACY_LOSS);
  }

  @Test
  void the_bias_of_unseen_rows_falls_and_accuracy_hardly() {
    assertThat(usualOutcome).exits(0);
    JsonNode unlearned = usualOutcome.json();

    assertThat(unlearned.path("measured_on").asText()).isEqualTo("test");
    assertThat(bias(unlearned.path("after"), "sex")).isLessThan(BIAS_OF_SEX);
    assertCostsLittle(unlearned);
  }

  @Test
  void machine_output_has_the_keys_of_the_contract() {
    JsonNode unlearned = usualOutcome.json();

    assertThat(unlearned.fieldNames())
        .toIterable()
        .contains("command", "method", "before", "after", "measured_on", "outputs");
    assertThat(unlearned.path("command").asText()).isEqualTo("unlearn");
    assertThat(unlearned.path("method").asText()).isEqualTo("consistency");
    for (String audit : List.of("before", "after")) {
      JsonNode bias = counterfactualBias(unlearned.path(audit), "sex");
      assertThat(bias.path("low").asDouble()).isLessThan(bias.path("value").asDouble());
      assertThat(bias.path("high").asDouble()).isGreaterThan(bias.path("value").asDouble());
    }
    assertThat(unlearned.path("outputs").path("model").asText())
        .isEqualTo(usual.resolve("repaired.onnx").toString());
  }

  @Test
  void report_and_evidence_are_written_beside_the_model() throws IOException {
    assertThat(usual.toFile().list())
        .containsExactlyInAnyOrder(
            "repaired.onnx", "repaired.report.html", "repaired.evidence.json");
    assertThat(usual.resolve("repaired.report.html")).content().startsWith("<!DOCTYPE html>");
    JsonNode evidence = Cli.parse(Files.readString(usual.resolve("repaired.evidence.json")));
    assertThat(evidence.path("after").path("attributes"))
        .isEqualTo(usualOutcome.json().path("after").path("attributes"));
    assertThat(evidence.findValuesAsText("sha256"))
        .contains(
            Artefacts.of("", usual.resolve("repaired.onnx")).sha256(),
            Artefacts.of("", Adult.model()).sha256());
    assertThat(evidence.path("provenance").path("settings").fieldNames())
        .toIterable()
        .contains("update", "max-pairs", "flip")
        .doesNotContain("json", "force", "stacktrace");
  }

  @Test
  void the_repaired_file_differs_from_the_deployed_one_in_bytes_of_the_head_only()
      throws IOException {
    try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(Adult.model())) {
      HeadBytes.assertOnlyHeadDiffers(
          Adult.model(), usual.resolve("repaired.onnx"), model.headTensors());
    }
  }

  @Test
  void the_audit_of_the_repaired_file_gives_the_figures_after_the_repair() {
    JsonNode audited =
        Cli.run(
                "audit",
                "--model",
                usual.resolve("repaired.onnx").toString(),
                "--data",
                Adult.data().toString(),
                "--target",
                "income",
                "--flip",
                "sex",
                "--json")
            .json();

    // The file is asked by ONNX Runtime in 32 bits, the proposal by the library in 64.
    JsonNode after = usualOutcome.json().path("after");
    assertThat(bias(audited, "sex")).isCloseTo(bias(after, "sex"), within(1e-6));
    assertThat(accuracy(audited)).isCloseTo(accuracy(after), within(1e-12));
  }

  @Test
  void the_text_sets_before_beside_after_and_vouches_for_the_edit() {
    Cli.Outcome outcome = unlearnInto(folder, "--flip", "sex");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .contains("(7977 test rows that nothing was fitted on)")
        .containsPattern("sex: counterfactual bias +6.37 \\[6.22, 6.53\\] +\\d\\.\\d\\d")
        .containsPattern("\nsex, on counterfactual pairs: BIASED before, \\w+ after\n")
        .containsPattern("overall accuracy +85.4 ")
        .contains(
            "Update rule consistency, ", "Numbers that may change: 200; ", "Condition number: ")
        .contains("model     " + folder.resolve("repaired.onnx"));
  }

  @Test
  void several_attributes_are_unlearned_at_once() {
    Cli.Outcome outcome = unlearnInto(folder, "--flip", "sex", "--flip", "race", "--json");

    assertThat(outcome).exits(0);
    JsonNode unlearned = outcome.json();
    for (String attribute : List.of("sex", "race")) {
      double before =
          counterfactualBias(unlearned.path("before"), attribute).path("low").asDouble();
      assertThat(counterfactualBias(unlearned.path("after"), attribute).path("high").asDouble())
          .isLessThan(before);
    }
    assertThat(bias(unlearned.path("after"), "race")).isLessThan(0.026);
    assertCostsLittle(unlearned);
  }

  @Test
  void all_rules_are_set_side_by_side_and_the_lowest_bias_of_those_allowed_is_taken()
      throws IOException {
    Cli.Outcome outcome = unlearnInto(folder, "--flip", "sex", "--update", "all", "--json");

    assertThat(outcome).exits(0);
    JsonNode evidence = Cli.parse(Files.readString(folder.resolve("repaired.evidence.json")));
    assertThat(evidence.path("repair").path("candidates"))
        .extracting(candidate -> candidate.path("method").asText())
        .startsWith("deployed")
        .containsAll(Update.all().stream().map(Update::code).toList());
    assertThat(bias(outcome.json().path("after"), "sex")).isLessThan(BIAS_OF_SEX);
  }

  @Test
  void an_edit_that_costs_too_much_is_declined_and_leaves_nothing() {
    Cli.Outcome outcome = tooExpensive("--json");

    assertThat(outcome).exits(5);
    assertThat(outcome.json().path("declined").asBoolean()).isTrue();
    assertThat(outcome.json().path("declined_reason").asText())
        .contains("every edit costs more accuracy than the 0.0 points allowed");
    assertThat(outcome.json().path("outputs").has("model")).isFalse();
    assertThat(outcome.err())
        .contains("evenhand: repair declined: ")
        .endsWith("No model was written.\n");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("repaired.report.html", "repaired.evidence.json");
  }

  /** A head refitted to the pairs alone loses accuracy on every other row. */
  private Cli.Outcome tooExpensive(String... more) {
    String[] options = {"--flip", "sex", "--update", "refit", "--max-fitting-loss", "0"};
    return unlearnInto(folder, concat(options, more));
  }

  @Test
  void a_declined_edit_is_written_by_force_and_says_so() {
    Cli.Outcome outcome = tooExpensive("--force");

    assertThat(outcome).exits(0);
    assertThat(outcome.err()).endsWith("Written all the same, as --force asks.\n");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "repaired.onnx", "repaired.report.html", "repaired.evidence.json");
  }
}
