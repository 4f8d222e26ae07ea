package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand explain-decision} on a fused model. */
class ExplainDecisionTest {
  private static Lending lending;
  private static String fused;

  @BeforeAll
  static void erase(@TempDir Path given, @TempDir Path outputs) {
    lending = Lending.in(given);
    assertThat(lending.eraseByTable(lending.data(), outputs)).exits(0);
    fused = outputs.resolve("fused.onnx").toString();
  }

  @Test
  void a_decision_of_the_fused_model_is_explained_by_what_was_subtracted() {
    Cli.Outcome outcome =
        Cli.run(
            "explain-decision",
            "--model",
            fused,
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

    assertThat(Cli.run("explain-decision", "--model", fused, "--data", data, "--row", "2501"))
        .refuses("Row 2501 is not there: '%s' has rows 1 to 2500.".formatted(data));
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
}
