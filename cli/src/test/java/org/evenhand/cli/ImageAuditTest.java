package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit of a model of images: the figures are those of the same answers in a column. */
class ImageAuditTest {
  private static final int IMAGES = 200;

  private static Path folder;
  private static Path pack;
  private static Path labels;
  private static Path model;

  private final Path outputs;

  ImageAuditTest(@TempDir Path outputs) {
    this.outputs = outputs;
  }

  /** Images are one grey each, from which the model reads its score; women's are paler. */
  @BeforeAll
  static void prepare(@TempDir Path shared) throws IOException {
    folder = shared;
    pack = Files.createDirectory(folder.resolve("pack"));
    List<String> lines = new ArrayList<>(List.of("file,repaid,gender,score"));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < IMAGES; i++) {
      boolean repaid = random.nextBoolean();
      boolean female = random.nextBoolean();
      int grey = Math.min(255, random.nextInt(160) + (repaid ? 60 : 0) + (female ? 35 : 0));
      String name =
          "%s_%s_%03d.png".formatted(repaid ? "yes" : "no", female ? "female" : "male", i);
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 64; pixel++) {
        image.setRGB(pixel % 8, pixel / 8, 0x010101 * grey);
      }
      ImageIO.write(image, "png", pack.resolve(name).toFile());
      lines.add(
          String.join(
              ",", name, repaid ? "yes" : "no", female ? "female" : "male", "" + grey / 255f));
    }
    labels = Files.write(folder.resolve("labels.csv"), lines);
    model = SmallModels.ofImages(folder.resolve("images.onnx"));
  }

  private static Cli.Outcome run(String... options) {
    return Cli.run(
        Stream.concat(
                Stream.of("audit", "--target", "repaid", "--attribute", "gender", "--json"),
                Stream.of(options))
            .toList());
  }

  private static Cli.Outcome audit(String... more) {
    return run(
        Stream.concat(
                Stream.of("--model", model.toString(), "--classes", "no,yes", "--image-scale", "1"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Cli.Outcome auditPack(String... more) {
    return audit(
        Stream.concat(
                Stream.of("--images", pack.toString(), "--labels", labels.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void the_figures_are_those_of_the_same_scores_in_a_column() {
    Cli.Outcome recorded = run("--data", labels.toString(), "--scores-column", "score");

    Cli.Outcome asked = auditPack();

    assertThat(asked).exits(0);
    JsonNode figures = asked.json().path("attributes").path("gender");
    JsonNode expected = recorded.json().path("attributes").path("gender");
    // Calibration error depends on the last digits of scores, which the model computes in 32 bits.
    for (String figure : List.of("model_bias", "worst_group_accuracy", "groups", "verdict")) {
      assertThat(figures.path(figure)).isEqualTo(expected.path(figure));
    }
    assertThat(asked.json().path("rows").asInt()).isEqualTo(IMAGES);
  }

  @Test
  void labels_may_be_read_from_the_images_names() {
    Cli.Outcome asked =
        audit(
            "--images",
            pack.toString(),
            "--labels-pattern",
            "(?<repaid>[a-z]+)_(?<gender>[a-z]+)_.*");

    assertThat(asked).exits(0);
    assertThat(asked.json().path("attributes")).isEqualTo(auditPack().json().path("attributes"));
  }

  @Test
  void evidence_names_the_images_with_their_hash() throws IOException {
    Path evidence = outputs.resolve("evidence.json");

    assertThat(auditPack("--evidence", evidence.toString())).exits(0);

    JsonNode artefacts = Cli.parse(Files.readString(evidence)).findPath("artefacts");
    assertThat(artefacts.findValuesAsText("role")).containsExactly("model", "data", "images");
    assertThat(artefacts.findValuesAsText("path").get(2)).isEqualTo(pack.toString());
  }

  @Test
  void a_bad_image_is_refused_or_skipped(@TempDir Path copy) throws IOException {
    Path bad = Files.createDirectory(copy.resolve("pack"));
    try (Stream<Path> images = Files.list(pack)) {
      for (Path image : images.toList()) {
        Files.copy(image, bad.resolve(image.getFileName()));
      }
    }
    String first = Files.readAllLines(labels).get(1).split(",", 2)[0];
    Files.write(bad.resolve(first), new byte[0]);
    String[] options = {"--images", bad.toString(), "--labels", labels.toString()};

    assertThat(audit(options))
        .refuses(
            "Of the images in %s 1 cannot be decoded: '%s' (the file is empty); repair them, or leave them out (--on-bad-image)."
                .formatted(bad, first));
    Cli.Outcome skipped =
        audit(
            Stream.concat(Stream.of(options), Stream.of("--on-bad-image", "skip"))
                .toArray(String[]::new));
    assertThat(skipped).exits(0);
    assertThat(skipped.json().path("rows").asInt()).isEqualTo(IMAGES - 1);
    assertThat(skipped.err())
        .contains(
            "evenhand: warning: of the images in %s 1 cannot be decoded: '%s' (the file is empty); 1 of 200 rows were left out."
                .formatted(bad, first));
  }

  @Test
  void labels_of_missing_images_and_packs_that_are_none_are_refused() throws IOException {
    Path other =
        Files.write(
            folder.resolve("other.csv"),
            List.of("file,repaid,gender", "a.png,yes,male", "b.png,no,female"));
    assertThat(audit("--images", pack.toString(), "--data", other.toString()))
        .refuses(
            "2 of 2 rows name images that are not in %s: 'a.png', 'b.png'; the names of its images are such as '%s'."
                .formatted(pack, firstImage()));
    Path none = folder.resolve("none.zip");
    assertThat(audit("--images", none.toString(), "--data", other.toString()))
        .refuses("There is no folder or archive of images %s.".formatted(none));
    assertThat(auditPack("--image-column", "picture"))
        .refuses(
            "%s has no column 'picture'; its columns are file, repaid, gender, score."
                .formatted(labels));
  }

  private static String firstImage() throws IOException {
    try (Stream<Path> images = Files.list(pack)) {
      return images.map(image -> image.getFileName().toString()).sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void a_model_of_images_needs_images_and_another_model_takes_none() {
    assertThat(audit("--data", labels.toString()))
        .refuses("The model reads images from its input 'image'; name the pack that they are in.");
    Path scores = SmallModels.ofScores(folder.resolve("scores.onnx"));
    assertThat(
            run(
                "--model",
                scores.toString(),
                "--images",
                pack.toString(),
                "--data",
                labels.toString()))
        .refuses("Images are for a model with one input of images, but this one has 0.");
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    assertUsage(
        "--images needs a model that reads them: name it with --model.",
        "--scores-column",
        "score",
        "--data",
        "d.csv",
        "--images",
        "p");
    assertUsage(
        "--labels-pattern needs the images whose names it reads: --images.",
        "--model",
        "m",
        "--labels-pattern",
        "x");
    assertUsage(
        "--labels-pattern takes the place of --data; leave one of them out.",
        "--model",
        "m",
        "--images",
        "p",
        "--labels-pattern",
        "x",
        "--data",
        "d");
    assertUsage(
        "--labels is another name for --data; give one of them.",
        "--model",
        "m",
        "--labels",
        "l",
        "--data",
        "d");
    assertUsage(
        "--image-scale is '2'; expected 255, 1 or imagenet.",
        "--model",
        "m",
        "--data",
        "d",
        "--image-scale",
        "2");
    assertUsage(
        "--on-bad-image is 'ignore'; expected refuse or skip.",
        "--model",
        "m",
        "--data",
        "d",
        "--on-bad-image",
        "ignore");
  }

  private static void assertUsage(String sentence, String... options) {
    assertThat(run(options)).refusesUsage(sentence, "evenhand audit");
  }

  /** Figures measured when this was written; two files have names without all three labels. */
  @Test
  void a_deployed_network_is_audited_on_faces() {
    Cli.Outcome outcome =
        Cli.run(
            "audit",
            "--model",
            RealData.file("models/face-api-age-gender.onnx").toString(),
            "--images",
            RealData.file("images/utkface-64.tar.gz").toString(),
            "--labels-pattern",
            "(?<age>\\d+)_(?<gender>\\d)_(?<race>[24])_.*",
            "--target",
            "gender",
            "--classes",
            "0,1",
            "--attribute",
            "race",
            "--json");

    assertThat(outcome).exits(0);
    assertThat(outcome.err()).contains("14935 of 19073 images in");
    JsonNode groups = outcome.json().path("attributes").path("race").path("groups");
    assertThat(groups.get(0).path("attribute").asText()).isEqualTo("2");
    assertThat(groups.get(0).path("n").asInt()).isEqualTo(1300);
    assertThat(groups.get(0).path("accuracy").path("value").asDouble())
        .isEqualTo(0.8669, within(0.002));
  }
}
