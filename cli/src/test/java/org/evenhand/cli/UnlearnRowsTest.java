package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows {@code evenhand unlearn} takes the Hessian, the pairs and the measurement from. */
class UnlearnRowsTest {
  private static Path files;
  private static Lending lending;

  private final Path folder;

  UnlearnRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void prepare(@TempDir Path shared, @TempDir Path lent) {
    files = shared;
    lending = Lending.in(lent);
  }

  private String out() {
    return folder.resolve("repaired.onnx").toString();
  }

  private Cli.Outcome unlearnLending(Path data, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    "unlearn",
                    "--model",
                    lending.model().toString(),
                    "--data",
                    data.toString(),
                    "--target",
                    "repaid",
                    "--classes",
                    "no,yes",
                    "--flip",
                    "gender",
                    "--out",
                    out(),
                    "--json"),
                Stream.of(more))
            .toList());
  }

  private static JsonNode bias(JsonNode audit, String attribute) {
    return audit.path("attributes").path(attribute).path("counterfactual_bias");
  }

  private static double value(JsonNode audit, String attribute) {
    return bias(audit, attribute).path("value").asDouble(Double.NaN);
  }

  @Test
  void training_rows_and_external_pairs_may_be_two_files() {
    Path train = Adult.rows(files.resolve("train.csv"), "train");
    Path external = Adult.rows(files.resolve("external.csv"), "calibration", "test");

    Cli.Outcome outcome =
        Adult.runWith(
            "unlearn",
            "--train",
            train.toString(),
            "--pairs-from",
            external.toString(),
            "--flip",
            "sex",
            "--out",
            out(),
            "--json");

    assertThat(outcome).exits(0);
    assertThat(outcome.err()).doesNotContain("there are no training rows");
    JsonNode unlearned = outcome.json();
    assertThat(unlearned.path("measured_on").asText()).isEqualTo("test");
    assertThat(value(unlearned.path("before"), "sex")).isBetween(0.0635, 0.0639);
    assertThat(value(unlearned.path("after"), "sex")).isLessThan(0.024);
  }

  @Test
  void two_files_give_the_same_edit_as_one_table_with_splits() {
    Path train = Adult.rows(files.resolve("train-alone.csv"), "train");
    Path external = Adult.rows(files.resolve("external-alone.csv"), "calibration", "test");
    String[] asFiles = {
      "--train", train.toString(), "--pairs-from", external.toString(), "--flip", "sex", "--json"
    };
    JsonNode apart = Adult.runWith("explain", asFiles).json();
    JsonNode together = Adult.run("explain", "--flip", "sex", "--json").json();

    assertThat(apart.path("training_rows").asInt()).isEqualTo(Adult.TRAIN_ROWS);
    assertThat(apart.path("bias")).isEqualTo(together.path("bias"));
    assertThat(apart.path("condition_number")).isEqualTo(together.path("condition_number"));
  }

  @Test
  void rows_without_splits_are_divided_and_the_missing_training_rows_warned_of() {
    Cli.Outcome outcome = unlearnLending(lending.dataWithoutSplit());

    assertThat(outcome).exits(0);
    assertThat(outcome.err())
        .contains(
            "evenhand: warning: there are no training rows, so that the Hessian is that of the rows"
                + " that the pairs come from; name the file that the model was trained on.");
    JsonNode unlearned = outcome.json();
    assertThat(unlearned.path("measured_on").asText()).isEqualTo("held-out");
    assertThat(unlearned.path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 2);
    assertThat(value(unlearned.path("after"), "gender"))
        .isLessThan(value(unlearned.path("before"), "gender") / 2);
  }

  @Test
  void another_share_can_be_held_out() {
    Cli.Outcome outcome = unlearnLending(lending.dataWithoutSplit(), "--test-fraction", "0.2");

    assertThat(outcome.json().path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 5);
  }

  @Test
  void pairs_may_be_other_rows_of_the_same_class() {
    Cli.Outcome outcome = unlearnLending(lending.data(), "--pairs", "other-rows", "--force");

    assertThat(outcome).exits(0);
    JsonNode before = bias(outcome.json().path("before"), "gender");
    assertThat(before.path("relation").asText()).isEqualTo("OTHER_INDIVIDUAL");
  }

  @Test
  void the_same_seed_gives_the_same_file_whatever_the_threads() throws IOException {
    assertThat(unlearnLending(lending.data(), "--threads", "1")).exits(0);
    byte[] one = Files.readAllBytes(Path.of(out()));
    assertThat(unlearnLending(lending.data(), "--threads", "2", "--overwrite")).exits(0);

    assertThat(Path.of(out())).hasBinaryContent(one);
  }
}
