package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.evenhand.core.Answers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} refuses, and {@code erase} of a model of images: one sentence each. */
class ImageBadInputTest {
  private static final int IMAGES = 24;

  private static Path pack;
  private static Path labels;
  private static Path model;

  private final Path folder;

  ImageBadInputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Images of one colour each; those of the second class are red. */
  @BeforeAll
  static void prepare(@TempDir Path given) throws IOException {
    pack = Files.createDirectory(given.resolve("pack"));
    List<String> lines = new ArrayList<>(List.of("file,repaid,gender,grade"));
    for (int i = 0; i < IMAGES; i++) {
      String name = "%02d.png".formatted(i);
      write(pack.resolve(name), BufferedImage.TYPE_INT_RGB, i % 2 == 0 ? Color.BLUE : Color.RED);
      lines.add(
          "%s,%s,%s,%s"
              .formatted(
                  name,
                  i % 2 == 0 ? "no" : "yes",
                  i % 4 < 2 ? "female" : "male",
                  "abc".charAt(i % 3)));
    }
    labels = Files.write(given.resolve("labels.csv"), lines);
    model = SmallModels.ofImages(given.resolve("model.onnx"));
  }

  private static void write(Path file, int type, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, type);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, colour.getRGB());
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @BeforeEach
  void nothingIsThereYet() {
    assertThat(folder).isEmptyDirectory();
  }

  private Path out() {
    return folder.resolve("out.onnx");
  }

  private Cli.Outcome train(String... more) {
    return train(pack, labels, more);
  }

  private Cli.Outcome train(Path images, Path rows, String... more) {
    List<String> options = new ArrayList<>(List.of("--side", "8", "--width", "2", "--epochs", "1"));
    options.addAll(List.of(more));
    if (!options.contains("--target")) {
      options.addAll(List.of("--target", "repaid"));
    }
    return run("train", images, rows, options);
  }

  private Cli.Outcome erase(Path images, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--target",
                "repaid",
                "--classes",
                "no,yes",
                "--image-scale",
                "1",
                "--estimator",
                "P1",
                "--patch-width",
                "2",
                "--patch-epochs",
                "1",
                "--force"));
    options.addAll(List.of(more));
    if (!options.contains("--model")) {
      options.addAll(List.of("--model", model.toString()));
    }
    return run("erase", images, labels, options);
  }

  private Cli.Outcome run(String command, Path images, Path rows, List<String> more) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    command,
                    "--images",
                    images.toString(),
                    "--labels",
                    rows.toString(),
                    "--attribute",
                    "gender",
                    "--out",
                    out().toString()),
                more.stream())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kind=fair | There is no kind of model 'fair'; the kinds are vanilla, adversarial, contrastive and unfair.",
        "--backbone=vgg16 | There is no backbone 'vgg16'; the backbones are resnet18, resnet34, small-cnn, mlp and vit.",
        "--device=tpu | There is no device 'tpu'; the devices are cpu, cuda and cuda:0, cuda:1, …",
        "--end=relu | --end is 'relu'; it must be softmax or sigmoid.",
        "--attribute=grade | A model is trained for or against one attribute; name one, or cross several in one, such as race,sex.",
        "--image-scale=2 | --image-scale is '2'; expected 255, 1 or imagenet."
      })
  void an_option_of_train_without_sense_is_wrong_usage(String option, String sentence) {
    assertThat(train(option)).refusesUsage(sentence, "evenhand train");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void numbers_out_of_range_are_wrong_usage() {
    String[] numbers = {"--side=8", "--width=2", "--epochs=1"};
    String[] sentences = {
      "Images cannot be resized to 0 × 0 pixels; both must be positive.",
      "A backbone of width 0 has no units; the width must be at least 1.",
      "The number of epochs is 0; it must be at least 1."
    };
    for (int wrong = 0; wrong < numbers.length; wrong++) {
      List<String> options = new ArrayList<>(List.of(numbers));
      options.set(wrong, numbers[wrong].replaceAll("\\d+", "0"));
      options.add("--target=repaid");

      assertThat(run("train", pack, labels, options))
          .refusesUsage(sentences[wrong], "evenhand train");
    }
    assertThat(erase(pack, "--patch-side=0"))
        .refusesUsage("The largest side is 0; it must be at least 1.", "evenhand erase");
  }

  @Test
  void training_without_images_is_wrong_usage() {
    assertThat(
            Cli.run(
                "train",
                "--data",
                labels.toString(),
                "--target",
                "repaid",
                "--attribute",
                "gender",
                "--out",
                out().toString()))
        .refusesUsage("Missing required option: '--images=PACK'", "evenhand train");
  }

  @Test
  void a_graphics_card_that_is_not_there_is_named() {
    assertThat(train("--device", "cuda"))
        .refuses(
            "There is no device 'cuda' here: it takes an NVIDIA card with its driver, and"
                + " org.bytedeco:pytorch with the classifier linux-x86_64-gpu"
                + " (docs/dependencies.md); use the device cpu.");
    assertThat(out()).doesNotExist();
  }

  @Test
  void a_target_of_one_class_and_a_sigmoid_for_three_are_refused() throws IOException {
    Path one =
        Files.write(
            folder.resolve("one.csv"),
            List.of("file,repaid,gender", "00.png,yes,male", "01.png,yes,female"));

    assertThat(train(pack, one))
        .refuses("Column 'repaid' is 'yes' in every row; a target needs at least two classes.");
    assertThat(train("--target", "grade", "--end", "sigmoid"))
        .refuses(
            "A sigmoid end tells two classes apart, but the target 'grade' has 3; use a softmax end.");
    assertThat(out()).doesNotExist();
  }

  @Test
  void a_folder_of_checkpoints_that_is_a_file_is_refused() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));

    assertThat(train("--checkpoints", file.toString()))
        .refuses("'%s' is a file; name a folder (--checkpoints).".formatted(file));
    assertThat(erase(pack, "--checkpoints", file.resolve("deeper").toString()))
        .refuses(
            "The folder '%s' cannot be made, because a part of its path is a file or cannot be written to; name another (--checkpoints)."
                .formatted(file.resolve("deeper")));
  }

  @Test
  void a_patch_of_a_table_takes_no_choices_about_images() {
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
                "--out",
                out().toString(),
                "--patch",
                "resnet18"))
        .refusesUsage(
            "--patch, --patch-width, --patch-side, --patch-epochs, --patch-mirror, --device and --checkpoints are for models of images (--images); a table's patch is a perceptron.",
            "evenhand erase");
  }

  @Test
  void a_model_of_images_behind_a_url_is_refused() {
    assertThat(erase(pack, "--model", "http://localhost:1/v2/models/faces"))
        .refusesUsage(
            "--images needs a model's file: a model behind a URL is asked about tables only.",
            "evenhand erase");
  }

  @Test
  void a_model_that_only_names_classes_is_refused() {
    Path labelled = SmallModels.ofImageLabels(folder.resolve("labels.onnx"));

    assertThat(erase(pack, "--model", labelled.toString()))
        .refuses(
            "The model answers with labels only; a repair of its answers needs probabilities or"
                + " logits, so let the model put out one of them. "
                + Answers.Hard.WAYS_TO_SCORES);
    assertThat(out()).doesNotExist();
  }

  @Test
  void a_file_that_says_something_else_than_its_input_is_refused() throws IOException {
    Path wrong = folder.resolve("wrong.onnx");
    ModelProto.Builder edited = SmallModels.read(model).toBuilder();
    edited
        .addMetadataPropsBuilder()
        .setKey("evenhand.preprocessing")
        .setValue("size=8x8 crop=none channels=RGB layout=NCHW mean=0.0 deviation=255.0");
    Files.write(wrong, edited.build().toByteArray());

    assertThat(erase(pack, "--model", wrong.toString()))
        .refuses(
            "The model's file says that its images have shape [3, 8, 8], but its input 'image' takes"
                + " [3, 4, 4]; correct 'evenhand.preprocessing' in the file's metadata.");
  }

  @Test
  void grey_and_transparent_images_are_read_and_bad_ones_refused_or_skipped() throws IOException {
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    try (Stream<Path> images = Files.list(pack)) {
      for (Path image : images.toList()) {
        Files.copy(image, mixed.resolve(image.getFileName()));
      }
    }
    write(mixed.resolve("00.png"), BufferedImage.TYPE_BYTE_GRAY, Color.GRAY);
    write(mixed.resolve("01.png"), BufferedImage.TYPE_INT_ARGB, new Color(255, 0, 0, 128));
    Files.write(mixed.resolve("02.png"), new byte[0]);
    Files.writeString(mixed.resolve("03.png"), "<html>");
    String damage =
        "f the images in %s 2 cannot be decoded: '02.png' (the file is empty), '03.png' (it is neither JPEG nor PNG); "
            .formatted(mixed);
    String refused = "O" + damage + "repair them, or leave them out (--on-bad-image).";
    String skipped = "evenhand: warning: o" + damage + "2 of 24 rows were left out.";

    assertThat(train(mixed, labels)).refuses(refused);
    assertThat(erase(mixed)).refuses(refused);
    assertThat(out()).doesNotExist();
    Cli.Outcome trained = train(mixed, labels, "--on-bad-image", "skip");
    assertThat(trained).exits(0);
    assertThat(trained.err()).contains(skipped);
    assertThat(trained.out()).startsWith("Trained on 22 images: ");
    Cli.Outcome erased = erase(mixed, "--on-bad-image", "skip", "--overwrite");
    assertThat(erased).exits(0);
    assertThat(erased.err()).contains(skipped);
  }

  @Test
  void labels_of_missing_images_are_refused_and_images_without_labels_counted() throws IOException {
    Path missing =
        Files.write(
            folder.resolve("missing.csv"),
            List.of("file,repaid,gender", "00.png,no,male", "99.png,yes,female"));
    Path some = Files.write(folder.resolve("some.csv"), Files.readAllLines(labels).subList(0, 21));

    assertThat(train(pack, missing))
        .refuses(
            "1 of 2 rows name images that are not in %s: '99.png'; the names of its images are such as '00.png'."
                .formatted(pack));
    Cli.Outcome trained = train(pack, some);
    assertThat(trained).exits(0);
    assertThat(trained.err())
        .contains(
            "4 of 24 images in %s have no labels and were left out: '20.png', '21.png', '22.png', …."
                .formatted(pack));
  }
}
