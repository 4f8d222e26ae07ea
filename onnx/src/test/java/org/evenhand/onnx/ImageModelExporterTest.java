package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageModelExporterTest {
  /** Rounding of 32-bit sums. */
  private static final double TOLERANCE = 1e-5;

  private static final List<Integer> SHAPE = List.of(3, 20, 16);
  private static final Table IMAGES = RandomImageNetworks.images("image", SHAPE, 7, 3);
  private static final Classes HAIR = Classes.of("dark, or red", "blond");

  private final Path path;

  ImageModelExporterTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  private static ImageNetwork network(int outputs) {
    return RandomImageNetworks.small("image", SHAPE, false, outputs, 5);
  }

  @Test
  void a_softmax_model_comes_as_a_deployed_one_with_its_classes() {
    ImageNetwork network = network(2);

    ImageModelExporter.export(network, HAIR, Head.Link.SOFTMAX, Map.of(), path);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.inputs())
          .containsExactly(new InputColumn("image", InputColumn.Kind.TENSOR, SHAPE));
      assertThat(model.describe())
          .isEqualTo(
              "Answers are read from output 'logits' (logits, one column per class), which agrees with 'probabilities'; classes dark, or red, blond (named by the model).");
      assertThat(model.classes()).isEqualTo(HAIR);
      assertThat(((Answers.Soft) model.answer(IMAGES)).logProbabilities())
          .isEqualTo(new ImagePatch(network).logProbabilities(IMAGES));
    }
  }

  @Test
  void a_sigmoid_model_answers_for_the_second_class() {
    ImageNetwork network = network(1);

    ImageModelExporter.export(network, HAIR, Head.Link.SIGMOID, Map.of(), path);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      double[] logits = model.rawOutput("logits", IMAGES);
      double[] answers = ((Answers.Soft) model.answer(IMAGES)).logProbabilities();
      assertThat(model.classes()).isEqualTo(HAIR);
      assertThat(model.rawOutput("probabilities", IMAGES)).hasSize(IMAGES.rows());
      for (int row = 0; row < logits.length; row++) {
        double blond = 1 / (1 + Math.exp(-logits[row]));
        assertThat(Math.exp(answers[2 * row + 1])).isCloseTo(blond, within(TOLERANCE));
        assertThat(Math.exp(answers[2 * row])).isCloseTo(1 - blond, within(TOLERANCE));
      }
    }
  }

  @Test
  void its_head_is_the_networks_last_layer_under_either_link() {
    for (Head.Link link : Head.Link.values()) {
      ImageNetwork network = network(link == Head.Link.SIGMOID ? 1 : 2);
      ImageModelExporter.export(network, HAIR, link, Map.of(), path);

      try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(path)) {
        ImageLayer.Dense last =
            (ImageLayer.Dense) network.layers().get(network.layers().size() - 1);
        assertThat(model.head().link()).isEqualTo(link);
        assertThat(model.head().layer().weights()).isEqualTo(last.layer().weights());
        assertThat(model.head().layer().bias()).isEqualTo(last.layer().bias());
        HeadAssert.assertHeadIsTheModels(
            model, OnnxOptions.defaults(), IMAGES, path.resolveSibling("repaired.onnx"));
      }
    }
  }

  @Test
  void a_transformer_comes_as_a_deployed_one_with_its_head() {
    ImageNetwork network = RandomImageNetworks.transformer("image", SHAPE, 4, 2, 5);
    ImageModelExporter.export(network, HAIR, Head.Link.SOFTMAX, Map.of(), path);

    try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(path)) {
      assertThat(model.head().layer().inputs()).isEqualTo(8);
      HeadAssert.assertHeadIsTheModels(
          model, OnnxOptions.defaults(), IMAGES, path.resolveSibling("repaired.onnx"));
    }
  }

  @Test
  void properties_are_written_and_read() {
    Map<String, String> metadata = Map.of(ImageModelExporter.PREPROCESSING, "size=16x20");

    ImageModelExporter.export(network(2), HAIR, Head.Link.SOFTMAX, metadata, path);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.metadata())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "evenhand.preprocessing", "size=16x20",
                  "evenhand.classes", "dark, or red\nblond"));
    }
  }

  @Test
  void a_file_is_hardly_larger_than_its_weights() throws IOException {
    // ResNet-18 has 11.2 million weights and biases before its last layer.
    ImageNetwork network = RandomImageNetworks.resNet18(List.of(3, 32, 32), 2, 1);

    ImageModelExporter.export(network, HAIR, Head.Link.SOFTMAX, Map.of(), path);

    long weights = parameters(network.layers());
    assertThat(weights).isBetween(11_100_000L, 11_300_000L);
    assertThat(Files.size(path)).isBetween(4 * weights, 4 * weights + 20_000);
  }

  private static long parameters(List<ImageLayer> layers) {
    long sum = 0;
    for (ImageLayer layer : layers) {
      if (layer instanceof ImageLayer.Convolution convolution) {
        sum += convolution.weights().length + convolution.bias().length;
      } else if (layer instanceof ImageLayer.Residual residual) {
        sum += parameters(residual.body()) + parameters(residual.shortcut());
      }
    }
    return sum;
  }

  @Test
  void outputs_that_do_not_fit_the_classes_are_refused() {
    assertRefused(
        network(3),
        HAIR,
        Head.Link.SOFTMAX,
        "Under a SOFTMAX over 2 classes, the network's number of outputs must be 2, but is 3.");
    assertRefused(
        network(1),
        Classes.of("dark", "blond", "red"),
        Head.Link.SIGMOID,
        "A SIGMOID decides between two classes, but 3 are named; use a SOFTMAX.");
  }

  @Test
  void names_that_would_be_read_differently_are_refused() {
    assertRefused(
        network(2),
        Classes.of("dark", "blond\n"),
        Head.Link.SOFTMAX,
        "Class 'blond\n' cannot be written into a model: its name must be one line of text.");
    assertRefused(
        RandomImageNetworks.small("logits", SHAPE, false, 2, 5),
        HAIR,
        Head.Link.SOFTMAX,
        "Column 'logits' is named like an output of the exported network; rename the column.");
  }

  private void assertRefused(
      ImageNetwork network, Classes classes, Head.Link link, String message) {
    assertThatExceptionOfType(OnnxException.class)
        .isThrownBy(() -> ImageModelExporter.export(network, classes, link, Map.of(), path))
        .withMessage(message);
    assertThat(path).doesNotExist();
  }
}
