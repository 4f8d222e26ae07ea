package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that lowers counterfactual bias, on a simulated population with a known bias. */
class CounterfactualRepairTest {
  private static Lending lending;
  private static Path outputs;
  private static JsonNode repaired;

  @BeforeAll
  static void repair(@TempDir Path given, @TempDir Path written) {
    lending = Lending.in(given);
    outputs = written;
    Cli.Outcome outcome =
        lending.run(
            "repair",
            "--flip",
            "gender",
            "--lower",
            "counterfactual-bias",
            "--max-accuracy-loss",
            "5",
            "--out",
            outputs.resolve("fair.onnx").toString(),
            "--json");
    assertThat(outcome).exits(0);
    repaired = outcome.json();
  }

  private static JsonNode bias(JsonNode audit) {
    return audit.path("attributes").path("gender").path("counterfactual_bias");
  }

  @Test
  void the_bias_on_pairs_of_unseen_rows_falls_beyond_chance() {
    assertThat(bias(repaired.path("after")).path("value").asDouble())
        .isLessThan(bias(repaired.path("before")).path("value").asDouble() / 2);
    assertThat(
            repaired.findValue("change").findValue("counterfactual_bias").path("high").asDouble())
        .isNegative();
  }

  @Test
  void an_audit_of_the_written_model_finds_what_was_measured() {
    Cli.Outcome audited =
        lending.run(
            "audit", outputs.resolve("fair.onnx"), lending.data(), "--flip", "gender", "--json");

    assertThat(bias(audited.json()).path("value").asDouble())
        .isCloseTo(bias(repaired.path("after")).path("value").asDouble(), within(1e-6));
  }

  @Test
  void every_form_is_in_the_evidence_with_its_bias_on_pairs() throws IOException {
    JsonNode evidence = Cli.parse(Files.readString(outputs.resolve("fair.evidence.json")));
    List<String> methods = new ArrayList<>();
    evidence
        .findValue("searched")
        .forEach(
            row -> {
              methods.add(row.path("method").asText());
              assertThat(row.has("counterfactual_bias")).isTrue();
            });

    assertThat(methods).contains("nothing", "equal-odds", "erase", "unlearn");
    assertThat(evidence.findValue("nested_counterfactual_bias")).isNotNull();
  }

  @Test
  void a_comparison_sets_accuracy_against_the_bias_on_pairs() throws IOException {
    Path page = outputs.resolve("methods.html");
    Cli.Outcome outcome =
        lending.run(
            "compare",
            "--flip",
            "gender",
            "--lower",
            "counterfactual-bias",
            "--max-accuracy-loss",
            "5",
            "--methods",
            "unlearn,prior",
            "--out",
            page.toString());

    assertThat(outcome).exits(0);
    assertThat(outcome.out()).contains("counterfactual bias    overall accuracy");
    assertThat(Files.readString(page))
        .contains(
            "Overall accuracy against counterfactual bias by gender",
            "Counterfactual bias by gender, points");
    JsonNode compared = Cli.parse(Files.readString(page.resolveSibling("methods.json")));
    JsonNode model = compared.path("models").path(0);
    assertThat(model.path("recommended").asText()).isEqualTo("unlearn");
    assertThat(bias(model.path("deployed")).path("value").asDouble())
        .isEqualTo(bias(repaired.path("before")).path("value").asDouble());
  }

  @Test
  void a_model_that_does_not_read_the_attribute_is_left_as_it_is() {
    Cli.Outcome outcome =
        lending.run(
            "repair",
            lending.blindModel(),
            lending.data(),
            "--flip",
            "gender",
            "--lower",
            "counterfactual-bias",
            "--methods",
            "prior",
            "--out",
            outputs.resolve("blind.onnx").toString());

    assertThat(outcome).exits(5);
    assertThat(outcome.err()).contains("doing nothing is recommended");
  }
}
