package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.bias;
import static org.evenhand.cli.Lending.gender;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of images is repaired by what its own network computes, without training another. */
class ImageFeaturesTest {
  private static Portraits portraits;

  private final Path fused;

  ImageFeaturesTest(@TempDir Path folder) {
    this.fused = folder.resolve("fused.onnx");
  }

  @BeforeAll
  static void train(@TempDir Path given) throws IOException {
    portraits = Portraits.in(given);
    assertThat(portraits.train(portraits.model(), "--image-scale", "1", "--json")).exits(0);
  }

  private Cli.Outcome run(String command, String... more) {
    return portraits.run(
        command,
        Stream.concat(
                Stream.of(
                    "--model", portraits.model().toString(), "--out", fused.toString(), "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void assertFusedGives(JsonNode after) {
    JsonNode audited = portraits.audit(fused).json();
    for (String figure : List.of("model_bias", "worst_group_accuracy", "groups", "verdict")) {
      assertThat(gender(audited).path(figure)).as(figure).isEqualTo(gender(after).path(figure));
    }
  }

  @Test
  void a_bias_is_erased_by_the_networks_own_activations() {
    Cli.Outcome erased = run("erase", "--patch", "features");

    assertThat(erased).exits(0);
    JsonNode json = erased.json();
    assertThat(bias(json.path("after"))).isLessThan(bias(json.path("before")) / 2);
    assertFusedGives(json.path("after"));
  }

  @Test
  void where_model_and_repair_look_is_shown_only_where_it_is_asked_for() throws IOException {
    Path report = fused.resolveSibling("fused.report.html");

    assertThat(run("erase", "--patch", "features", "--estimator", "S1")).exits(0);
    assertThat(report).content().doesNotContain("data:image/png", ".png");

    assertThat(
            run("erase", "--patch", "features", "--estimator", "S1", "--pictures", "--overwrite"))
        .exits(0);
    // The mean and eight images, each with where the model looks and where the repair does.
    assertThat(report)
        .content()
        .contains("Where model and repair look")
        .contains("records of single persons");
    assertThat(Files.readString(report).split("data:image/png;base64,", -1)).hasSize(1 + 2 * 9);
    JsonNode images =
        Cli.parse(Files.readString(fused.resolveSibling("fused.evidence.json")))
            .at("/repair/images");
    assertThat(images.at("/each")).hasSize(8);
    assertThat(images.at("/each/0/group").asText())
        .matches("repaid = (no|yes), gender = (female|male)");
    assertThat(images.at("/model/most").asDouble()).isPositive();
    assertThat(images.at("/repair/most").asDouble()).isPositive();
  }

  @Test
  void of_a_repair_that_replaces_the_answers_the_repaired_model_is_shown() throws IOException {
    assertThat(run("repair", "--methods", "dfr-layers", "--max-accuracy-loss", "20", "--pictures"))
        .exits(0);

    Path report = fused.resolveSibling("fused.report.html");
    assertThat(report).content().contains("on the right the repaired model.");
    JsonNode images =
        Cli.parse(Files.readString(fused.resolveSibling("fused.evidence.json")))
            .at("/repair/images");
    assertThat(images.at("/repair_is").asText()).isEqualTo("the repaired model");
    assertThat(Set.copyOf(images.at("/each").findValuesAsText("group"))).hasSize(4);
  }

  @Test
  void pictures_need_images() {
    assertThat(
            Cli.run(
                "erase",
                "--model",
                "m.onnx",
                "--data",
                "d.csv",
                "--target",
                "t",
                "--attribute",
                "a",
                "--pictures",
                "--out",
                fused.toString()))
        .refusesUsage(
            "--pictures shows images of a model that reads them; name their pack with --images.",
            "evenhand erase");
  }

  @Test
  void of_activations_and_a_network_over_the_images_the_better_one_is_taken_and_named() {
    Cli.Outcome erased =
        run("erase", "--patch", "features,small-cnn", "--patch-epochs", "2", "--estimator", "C2");

    assertThat(erased).exits(0);
    JsonNode json = erased.json();
    assertThat(json.path("patch").asText())
        .startsWith("softmax regression over ")
        .endsWith(" summaries of the deployed network's own activations");
    assertFusedGives(json.path("after"));
  }

  @Test
  void every_method_that_applies_to_images_is_searched() {
    Cli.Outcome repaired = run("repair", "--max-accuracy-loss", "20");

    assertThat(repaired).exits(0);
    JsonNode json = repaired.json();
    assertThat(bias(json.path("after"))).isLessThan(bias(json.path("before")) / 2);
    assertFusedGives(json.path("after"));
  }

  @Test
  void the_last_layer_alone_is_not_edited_in_a_search_over_images() {
    assertThat(run("repair", "--methods", "unlearn-groups"))
        .refusesUsage(
            "There is no method 'unlearn-groups' for models of images; choose among recommended, all, equal-odds, erase, erase-keep-class-prior, value-thresholds, reject-option, equalized-odds, relaxed-odds, bias-scores, calibrated-odds, dfr-layers, no-model, prior, constant.",
            "evenhand repair");
  }

  @Test
  void a_search_that_may_not_look_into_the_network_says_what_may() {
    assertThat(run("repair", "--access", "inputs"))
        .refusesUsage(
            "--access inputs leaves nothing to search for a model of images, because what is learned here is read from the model's own activations; 'evenhand erase --patch small-cnn' learns from the images.",
            "evenhand repair");
  }

  @Test
  void features_are_not_trained() {
    assertThat(run("erase", "--patch", "features", "--patch-epochs", "3"))
        .refusesUsage(
            "--patch-width, --patch-side, --patch-epochs, --patch-mirror, --device and --checkpoints are about training a network over images, and --patch features trains none; leave them out, or name a network with --patch.",
            "evenhand erase");
  }

  @Test
  void a_model_without_activations_is_refused_with_what_to_do(@TempDir Path folder) {
    Path bare = SmallModels.ofImages(folder.resolve("bare.onnx"));

    assertThat(
            portraits.run(
                "erase",
                "--model",
                bare.toString(),
                "--classes",
                "no,yes",
                "--image-scale",
                "1",
                "--out",
                fused.toString()))
        .refuses(
            "No activations of a known number of channels were found in the model '%s', so its own features cannot be read; train a network over the images instead (--patch)."
                .formatted(bare));
    assertThat(fused).doesNotExist();
  }
}
