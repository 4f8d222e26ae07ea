package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.bias;
import static org.evenhand.cli.Lending.gender;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.eraser.Estimator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand erase} on a simulated population with a known bias. */
class EraseCommandTest {
  static final String[] FILES = {
    "fused.evidence.json", "fused.onnx", "fused.patch.onnx", "fused.report.html"
  };

  private static Lending lending;
  private static Path usual;
  private static Cli.Outcome usualOutcome;

  private final Path folder;

  EraseCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void erase(@TempDir Path given, @TempDir Path outputs) {
    lending = Lending.in(given);
    usual = outputs;
    usualOutcome =
        lending.run("erase", "--out", outputs.resolve("fused.onnx").toString(), "--json");
  }

  private Path fused() {
    return folder.resolve("fused.onnx");
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
    assertThat(outputs.path("patch").asText())
        .isEqualTo(usual.resolve("fused.patch.onnx").toString());
    assertThat(outputs.path("report").asText())
        .isEqualTo(usual.resolve("fused.report.html").toString());
    JsonNode evidence = Cli.parse(Files.readString(usual.resolve("fused.evidence.json")));
    assertThat(evidence.path("after").path("attributes"))
        .isEqualTo(usualOutcome.json().path("after").path("attributes"));
    for (JsonNode written : evidence.path("repair").path("written")) {
      Path file = Path.of(written.path("path").asText());
      assertThat(written.path("sha256").asText()).isEqualTo(Artefacts.of("", file).sha256());
    }
    assertThat(usual.resolve("fused.report.html")).content().startsWith("<!DOCTYPE html>");
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
    ObjectNode audited = (ObjectNode) lending.run("audit", "--json").json();
    // Which rows were used is said of a repair by its own keys.
    audited.remove("rows_used");

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
            "The model answers with labels only; a repair of its answers needs probabilities or"
                + " logits, so let the model put out one of them. "
                + Answers.Hard.WAYS_TO_SCORES);
    assertThat(fused()).doesNotExist();
  }
}
