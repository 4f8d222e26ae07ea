package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.gender;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vision transformer is trained, audited and fused like any model of images. Of a few hundred
 * portraits it learns little, so that repairs are forced.
 */
class TransformerTest {
  private static Portraits portraits;
  private static Cli.Outcome trained;

  private final Path fused;

  TransformerTest(@TempDir Path folder) {
    this.fused = folder.resolve("fused.onnx");
  }

  @BeforeAll
  static void train(@TempDir Path given) throws IOException {
    portraits = Portraits.in(given);
    trained = train(portraits.model(), "16");
  }

  private static Cli.Outcome train(Path out, String side) {
    return portraits.run(
        "train",
        "--out",
        out.toString(),
        "--side",
        side,
        "--backbone",
        "vit",
        "--width",
        "16",
        "--epochs",
        "20");
  }

  private JsonNode erased(String... more) {
    Cli.Outcome outcome =
        portraits.run(
            "erase",
            Stream.concat(
                    Stream.of(
                        "--model",
                        portraits.model().toString(),
                        "--out",
                        fused.toString(),
                        "--estimator",
                        "P1",
                        "--force",
                        "--json"),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(outcome).exits(0);
    JsonNode json = outcome.json();
    JsonNode audited = portraits.audit(fused).json();
    for (String figure : List.of("model_bias", "worst_group_accuracy", "groups", "verdict")) {
      assertThat(gender(audited).path(figure))
          .as(figure)
          .isEqualTo(gender(json.path("after")).path(figure));
    }
    return json;
  }

  @Test
  void it_is_trained_and_audited() {
    assertThat(trained).exits(0);
    assertThat(trained.out())
        .startsWith("Trained on 600 images: vanilla, vit, at most 20 epochs, seed 1.");
    assertThat(portraits.audit(portraits.model()).json().path("rows").asInt())
        .isEqualTo(Portraits.MEASURED);
  }

  @Test
  void it_is_fused_with_a_patch_over_its_own_activations() {
    assertThat(erased("--patch", "features").path("patch").asText())
        .startsWith("softmax regression over ")
        .endsWith(" summaries of the deployed network's own activations");
  }

  @Test
  void it_is_fused_with_another_transformer_over_the_pixels() {
    assertThat(erased("--patch", "vit", "--patch-width", "16").path("patch").asText())
        .isEqualTo("network over images of 3 × 16 × 16");
  }

  @Test
  void images_that_leave_a_rest_beside_its_patches_are_refused() {
    assertThat(train(fused, "20"))
        .refuses(
            "A vision transformer cuts images into patches of 8 x 8 pixels, but these of 20 x 20 pixels leave a rest; make both sides multiples of 8, or take another network.");
    assertThat(fused).doesNotExist();
  }
}
