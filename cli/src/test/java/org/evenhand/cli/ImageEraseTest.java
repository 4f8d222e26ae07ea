package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.bias;
import static org.evenhand.cli.Lending.gender;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenhand.core.Artefacts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of images is trained, audited and erased from the command line. */
class ImageEraseTest {
  private static final String PREPARED =
      "size=16x16 crop=none channels=RGB layout=NCHW mean=0.0 deviation=255.0";

  private static Portraits portraits;
  private static Cli.Outcome trained;
  private static Path usual;
  private static Cli.Outcome usualOutcome;

  private final Path folder;

  ImageEraseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void erase(@TempDir Path given, @TempDir Path outputs) throws IOException {
    portraits = Portraits.in(given);
    trained = portraits.train(portraits.model(), "--image-scale", "1", "--json");
    usual = outputs;
    usualOutcome = portraits.erase(portraits.model(), outputs.resolve("fused.onnx"));
  }

  private static Map<String, String> metadata(Path model) {
    return SmallModels.read(model).getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  private static JsonNode figures(Cli.Outcome audited) {
    assertThat(audited).exits(0);
    return audited.json().path("attributes");
  }

  @Test
  void a_model_is_trained_on_the_train_rows_and_says_how() {
    assertThat(trained).exits(0);
    assertThat(trained.json().path("command").asText()).isEqualTo("train");
    assertThat(trained.json().path("rows").asInt()).isEqualTo(Portraits.TRAINED);
    assertThat(trained.json().path("outputs").path("model").asText())
        .isEqualTo(portraits.model().toString());
    assertThat(metadata(portraits.model()))
        .containsEntry("evenhand.preprocessing", PREPARED)
        .containsEntry("evenhand.training", "vanilla, small-cnn, at most 10 epochs, seed 1");
  }

  @Test
  void images_are_prepared_as_the_models_file_says_unless_another_scale_is_asked_for() {
    JsonNode asTheFileSays = figures(portraits.audit(portraits.model()));

    assertThat(figures(portraits.audit(portraits.model(), "--image-scale", "1")))
        .isEqualTo(asTheFileSays);
    assertThat(figures(portraits.audit(portraits.model(), "--image-scale", "255")))
        .isNotEqualTo(asTheFileSays);
  }

  @Test
  void the_bias_that_the_records_put_in_is_taken_out() {
    assertThat(usualOutcome).exits(0);
    JsonNode erased = usualOutcome.json();

    assertThat(erased.path("measured_on").asText()).isEqualTo("test");
    assertThat(gender(erased.path("before")).path("verdict").asText()).isEqualTo("BIASED");
    assertThat(bias(erased.path("after"))).isLessThan(bias(erased.path("before")) / 2);
  }

  @Test
  void all_outputs_are_written_with_their_hashes() throws IOException {
    assertThat(usual.toFile().list()).containsExactlyInAnyOrder(EraseCommandTest.FILES);
    JsonNode evidence = Cli.parse(Files.readString(usual.resolve("fused.evidence.json")));
    for (JsonNode written : evidence.path("repair").path("written")) {
      assertThat(written.path("sha256").asText())
          .isEqualTo(Artefacts.of("", Path.of(written.path("path").asText())).sha256());
    }
    assertThat(evidence.findPath("artefacts").findValuesAsText("role"))
        .containsExactly("model", "data", "images");
    assertThat(usual.resolve("fused.report.html")).content().startsWith("<!DOCTYPE html>");
  }

  @Test
  void the_fused_file_gives_the_figures_after_the_repair() {
    JsonNode audited = portraits.audit(usual.resolve("fused.onnx")).json();

    JsonNode after = usualOutcome.json().path("after");
    for (String figure : List.of("model_bias", "worst_group_accuracy", "groups", "verdict")) {
      assertThat(gender(audited).path(figure)).as(figure).isEqualTo(gender(after).path(figure));
    }
  }

  @Test
  void what_is_written_says_how_images_are_prepared_even_if_the_deployed_model_did_not() {
    assertThat(metadata(usual.resolve("fused.onnx")))
        .containsEntry("evenhand.preprocessing", PREPARED);
    Path bare = SmallModels.ofImages(folder.resolve("bare.onnx"));

    Cli.Outcome outcome =
        portraits.erase(
            bare,
            folder.resolve("fused.onnx"),
            "--classes",
            "no,yes",
            "--image-scale",
            "1",
            "--force");

    assertThat(outcome).exits(0);
    for (String file : List.of("fused.onnx", "fused.patch.onnx")) {
      assertThat(metadata(folder.resolve(file)))
          .containsEntry("evenhand.preprocessing", PREPARED.replace("16x16", "4x4"));
    }
  }

  @Test
  void several_attributes_and_crossed_ones_are_corrected_at_once() {
    Cli.Outcome several =
        portraits.erase(
            portraits.model(),
            folder.resolve("fused.onnx"),
            "--attribute",
            "gender,region",
            "--force");

    assertThat(several).exits(0);
    assertThat(several.json().path("after").path("attributes").fieldNames())
        .toIterable()
        .containsExactly("gender", "gender,region");
    assertThat(bias(several.json().path("after"))).isLessThan(bias(several.json().path("before")));
  }

  @Test
  void a_blind_patch_is_the_same_because_images_hold_no_column_of_the_attribute() {
    Cli.Outcome blind = portraits.erase(portraits.model(), folder.resolve("fused.onnx"), "--blind");

    assertThat(blind).exits(0);
    assertThat(blind.json().path("after").path("attributes"))
        .isEqualTo(usualOutcome.json().path("after").path("attributes"));
  }

  @Test
  void neither_threads_nor_checkpoints_change_a_figure_and_no_checkpoint_is_left_behind() {
    Path checkpoints = folder.resolve("kept/checkpoints");

    Cli.Outcome again =
        portraits.erase(
            portraits.model(),
            folder.resolve("fused.onnx"),
            "--threads",
            "1",
            "--checkpoints",
            checkpoints.toString());

    assertThat(again).exits(0);
    assertThat(again.json().path("after").path("attributes"))
        .isEqualTo(usualOutcome.json().path("after").path("attributes"));
    assertThat(checkpoints).isEmptyDirectory();
  }

  @Test
  void other_kinds_backbones_and_ends_are_trained_too() {
    Path model = folder.resolve("unfair.onnx");

    Cli.Outcome outcome =
        portraits.train(
            model, "--kind", "unfair", "--backbone", "mlp", "--end", "sigmoid", "--mirror");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .isEqualTo(
            "Trained on 600 images: unfair, mlp, at most 10 epochs, seed 1.%nWritten: %s%n"
                .formatted(model));
    JsonNode audited = portraits.audit(model).json();
    assertThat(audited.path("classes").toString()).isEqualTo("[\"no\",\"yes\"]");
    assertThat(audited.path("rows").asInt()).isEqualTo(Portraits.MEASURED);
  }
}
