package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand compare} on a simulated population with a known bias. */
class CompareCommandTest {
  private static Lending lending;
  private static Path page;
  private static JsonNode compared;

  @BeforeAll
  static void compare(@TempDir Path given, @TempDir Path written) throws IOException {
    lending = Lending.in(given);
    page = written.resolve("methods.html");
    Cli.Outcome outcome =
        lending.run(
            "compare",
            "--methods",
            "equal-odds,prior,value-thresholds,constant",
            "--max-accuracy-loss",
            "8",
            "--out",
            page.toString(),
            "--json");
    assertThat(outcome).exits(0);
    compared = outcome.json();
  }

  private static JsonNode model() {
    return compared.path("models").path(0);
  }

  private static JsonNode method(String code) {
    return StreamSupport.stream(model().path("methods").spliterator(), false)
        .filter(method -> method.path("method").asText().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static double bias(JsonNode figures) {
    return figures.findValue("model_bias").path("value").asDouble();
  }

  @Test
  void methods_are_measured_on_the_same_rows() {
    assertThat(bias(method("equal-odds").path("figures")))
        .isLessThan(bias(model().path("deployed")) / 2);
    assertThat(method("constant").path("within_limits").asBoolean()).isFalse();
    assertThat(method("equal-odds").path("fit_seconds").asDouble()).isPositive();
    assertThat(method("equal-odds").path("serving_microseconds_per_row").asDouble()).isPositive();
  }

  @Test
  void the_recommendation_keeps_to_the_access() {
    assertThat(model().path("recommended").asText()).isEqualTo("equal-odds");
    assertThat(method("value-thresholds").path("access").asText()).isEqualTo("attribute");
    assertThat(method("value-thresholds").path("within_limits").asBoolean()).isFalse();
  }

  @Test
  void a_page_shows_the_frontier_and_a_file_has_all_numbers() throws IOException {
    assertThat(Files.readString(page))
        .contains("Accuracy against bias by gender", "class=\"frontier\"", "equal-odds");
    assertThat(
            Cli.parse(Files.readString(page.resolveSibling("methods.json")))
                .path("models")
                .path(0)
                .path("recommended")
                .asText())
        .isEqualTo("equal-odds");
  }

  @Test
  void two_models_are_compared() {
    List<String> options = new ArrayList<>(List.of("--methods", "prior"));
    options.addAll(List.of("--model", lending.model().toString()));
    Cli.Outcome outcome = lending.run("compare", options.toArray(String[]::new));

    assertThat(outcome).exits(0);
    assertThat(outcome.out().lines().filter(line -> line.contains("measured on the"))).hasSize(2);
  }

  @Test
  void an_earlier_page_is_not_lost() {
    Cli.Outcome outcome = lending.run("compare", "--methods", "prior", "--out", page.toString());

    assertThat(outcome).exits(3);
    assertThat(outcome.err()).contains("exists already");
  }

  @Test
  void what_may_be_relied_on_is_one_of_three() {
    Cli.Outcome outcome = lending.run("compare", "--access", "everything");

    assertThat(outcome).exits(2);
    assertThat(outcome.err())
        .contains("There is no access 'everything'; choose one of inputs, weights, attribute.");
  }
}
