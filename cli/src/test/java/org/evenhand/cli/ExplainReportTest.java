package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code evenhand explain}, of a table and of images. */
class ExplainReportTest {
  private static final int IMAGES = 120;
  private static final Pattern PICTURE =
      Pattern.compile("<img src=\"data:image/png;base64,([^\"]*)\".*?</figure>");

  private static Path pack;
  private static Path labels;
  private static Path model;

  private final Path page;

  ExplainReportTest(@TempDir Path outputs) {
    this.page = outputs.resolve("report.html");
  }

  /** Images are one grey each, and each another one; women's are paler. */
  @BeforeAll
  static void prepare(@TempDir Path folder) throws IOException {
    pack = Files.createDirectory(folder.resolve("pack"));
    List<String> lines = new ArrayList<>(List.of("file,repaid,gender"));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < IMAGES; i++) {
      boolean repaid = random.nextBoolean();
      boolean female = random.nextBoolean();
      BufferedImage image = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
      int grey = i + (repaid ? 60 : 0) + (female ? 35 : 0);
      for (int pixel = 0; pixel < 8_000; pixel++) {
        image.setRGB(pixel % 100, pixel / 100, 0x010101 * grey);
      }
      String name = "%d-%03d.png".formatted(grey, i);
      ImageIO.write(image, "png", pack.resolve(name).toFile());
      lines.add(String.join(",", name, repaid ? "yes" : "no", female ? "female" : "male"));
    }
    labels = Files.write(folder.resolve("labels.csv"), lines);
    model = SmallModels.ofImagesWithHead(folder.resolve("images.onnx"));
  }

  private static Cli.Outcome explainImages(String... more) {
    return explainImages(labels, more);
  }

  private static Cli.Outcome explainImages(Path labels, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    "explain",
                    "--model",
                    model.toString(),
                    "--images",
                    pack.toString(),
                    "--labels",
                    labels.toString(),
                    "--image-scale",
                    "1",
                    "--target",
                    "repaid",
                    "--classes",
                    "no,yes",
                    "--flip",
                    "gender",
                    "--pairs",
                    "other-rows",
                    "--top",
                    "7",
                    "--json"),
                Stream.of(more))
            .toList());
  }

  private List<MatchResult> pictures() throws IOException {
    return PICTURE.matcher(Files.readString(page)).results().toList();
  }

  @Test
  void every_row_that_is_shown_has_its_picture_if_that_is_asked_for() throws IOException {
    Cli.Outcome outcome = explainImages("--report", page.toString(), "--pictures");

    assertThat(outcome).exits(0);
    List<JsonNode> rows = new ArrayList<>();
    outcome.json().path("harmful").forEach(rows::add);
    outcome.json().path("helpful").forEach(rows::add);
    assertThat(pictures()).hasSize(14).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      BufferedImage picture =
          ImageIO.read(
              new ByteArrayInputStream(Base64.getDecoder().decode(pictures().get(i).group(1))));
      String file = rows.get(i).path("columns").path("file").asText();
      assertThat(picture.getWidth()).isEqualTo(64);
      assertThat(picture.getHeight()).isEqualTo(51);
      assertThat(picture.getRGB(32, 25) & 0xff).isEqualTo(Integer.parseInt(file.split("-", 2)[0]));
      assertThat(pictures().get(i).group())
          .contains("gender = " + rows.get(i).path("attribute").asText())
          .contains("row " + rows.get(i).path("row").asInt() + ", file = " + file);
    }
    assertThat(page).content().contains("This page contains pictures of training data.");
  }

  @Test
  void without_being_asked_for_there_are_no_pictures() throws IOException {
    assertThat(explainImages("--report", page.toString(), "--rows")).exits(0);

    assertThat(page).content().doesNotContain("<img").contains("file = ");
  }

  @Test
  void rows_of_a_table_are_shown_with_their_columns(@TempDir Path folder) {
    Lending lending = Lending.in(folder);

    Cli.Outcome outcome =
        Cli.run(
            "explain",
            "--model",
            lending.model().toString(),
            "--data",
            lending.data().toString(),
            "--target",
            "repaid",
            "--classes",
            "no,yes",
            "--flip",
            "gender",
            "--top",
            "3",
            "--rows",
            "--report",
            page.toString());

    assertThat(outcome).exits(0);
    assertThat(outcome.out()).endsWith("Written: %s%n".formatted(page));
    assertThat(page)
        .content()
        .contains("rows that add most to the counterfactual bias by gender")
        .contains("income = ")
        .doesNotContain("<img");
  }

  @Test
  void pictures_without_images_or_a_page_are_refused() {
    assertThat(explainImages("--pictures"))
        .refusesUsage(
            "--pictures puts the images of a model of images into a report; name both with --images and --report.",
            "evenhand explain");
  }

  @Test
  void a_column_of_names_that_the_images_take_the_place_of_cannot_lead_to_pictures()
      throws IOException {
    Path renamed =
        Files.writeString(
            page.resolveSibling("labels.csv"),
            Files.readString(labels).replaceFirst("file", "image"));

    Cli.Outcome outcome =
        explainImages(
            renamed, "--image-column", "image", "--report", page.toString(), "--pictures");

    assertThat(outcome)
        .refuses(
            "The images' names are in column 'image', which the model reads its images from; call that column something else to show pictures.");
    assertThat(page).doesNotExist();
  }
}
