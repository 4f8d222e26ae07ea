package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.Head;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TensorColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SecondRuntime.class)
class FeaturePatchTest {
  private static final List<Integer> SHAPE = List.of(3, 16, 12);

  private final Path path;
  private final Path fused;

  FeaturePatchTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
    this.fused = folder.resolve("fused.onnx");
  }

  private OnnxClassifier network() {
    ImageModelExporter.export(
        RandomImageNetworks.small("image", SHAPE, false, 2, 9),
        Classes.of("dark", "blond"),
        Head.Link.SOFTMAX,
        Map.of(),
        path);
    return OnnxClassifier.open(path);
  }

  private OnnxClassifier transformer() {
    ImageModelExporter.export(
        RandomImageNetworks.transformer("image", SHAPE, 4, 2, 9),
        Classes.of("dark", "blond"),
        Head.Link.SOFTMAX,
        Map.of(),
        path);
    return OnnxClassifier.open(path);
  }

  private static Table images(int rows) {
    return RandomImageNetworks.images("image", SHAPE, rows, 1);
  }

  /** Random weights over standardised features, as a trainer would give. */
  private static RandomNetworks.Patches patches(NetworkFeatures features, Table seen) {
    TableEncoder encoder = TableEncoder.fit(features.of(seen));
    return (outputs, seed) -> {
      SplittableRandom random = new SplittableRandom(seed);
      float[] weights = new float[features.size() * outputs];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) ((random.nextDouble() - 0.5) / Math.sqrt(features.size()));
      }
      return new FeaturePatch(
          features,
          new PatchNetwork(
              encoder,
              List.of(new DenseLayer(features.size(), outputs, weights, new float[outputs]))));
    };
  }

  private static double value(Table features, int feature, int row) {
    return ((NumericColumn) features.columns().get(feature)).values()[row];
  }

  @Test
  void an_image_is_summed_up_by_mean_root_of_mean_squares_and_maximum_of_each_channel() {
    SmallModel small = new SmallModel().input("image", ElementType.FLOAT, 1, 1, 3);
    small.then("Relu", "image", "lit");
    small
        .dense(small.builder.reshape("lit", -1, 3), "logits", 2)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2)
        .write(path, 13, 0);
    float[] pixels = {-1, 2, 3};
    Table image =
        Table.of(
            List.of(
                TensorColumn.of(
                    "image",
                    List.of(1, 1, 3),
                    1,
                    (index, into, offset) -> System.arraycopy(pixels, 0, into, offset, 3))));

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      Table features = NetworkFeatures.of(model).of(image);

      double[] expected = {4.0 / 3, Math.sqrt(14.0 / 3), 3, 5.0 / 3, Math.sqrt(13.0 / 3), 3};
      assertThat(features.columns()).hasSize(6);
      for (int feature = 0; feature < 6; feature++) {
        assertThat(value(features, feature, 0)).isCloseTo(expected[feature], within(1e-6));
      }
    }
  }

  @Test
  void tokens_of_a_transformer_are_summed_up_over_their_places() {
    SmallModel small = new SmallModel().input("image", ElementType.FLOAT, 1, 3, 1);
    String tokens = small.builder.reshape("image", -1, 3, 1);
    small.then("Relu", tokens, "lit");
    small
        .dense(small.builder.reshape("lit", -1, 3), "logits", 2)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2)
        .write(path, 13, 0);
    Table image = RandomImageNetworks.images("image", List.of(1, 3, 1), 4, 7);
    float[] pixels = new float[3];
    ((TensorColumn) image.column("image")).read(2, pixels, 0);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      Table features = NetworkFeatures.of(model).of(image);

      // Three of the image, then those of the tokens' only channel.
      assertThat(features.columns()).hasSize(6);
      double sum = 0;
      double squares = 0;
      double most = 0;
      for (float pixel : pixels) {
        sum += Math.max(0, pixel);
        squares += Math.pow(Math.max(0, pixel), 2);
        most = Math.max(most, pixel);
      }
      assertThat(value(features, 3, 2)).isCloseTo(sum / 3, within(1e-6));
      assertThat(value(features, 4, 2)).isCloseTo(Math.sqrt(squares / 3), within(1e-6));
      assertThat(value(features, 5, 2)).isCloseTo(most, within(1e-6));
    }
  }

  @Test
  void features_do_not_depend_on_what_was_asked_before() {
    Table images = images(40);
    int[] some = {31, 2, 17};
    try (OnnxClassifier model = network()) {
      NetworkFeatures asked = NetworkFeatures.of(model);
      asked.of(images);
      List<Column> again = asked.of(images.select(some)).columns();
      List<Column> anew = NetworkFeatures.of(model).of(images.select(some)).columns();

      for (int feature = 0; feature < asked.size(); feature++) {
        assertThat(((NumericColumn) again.get(feature)).values())
            .isEqualTo(((NumericColumn) anew.get(feature)).values());
      }
    }
  }

  @Test
  void a_transformer_shows_its_normalised_tokens_and_what_its_perceptrons_activate() {
    try (OnnxClassifier model = transformer()) {
      // The image of three channels; before attention and before the perceptron 8 channels, within
      // it 32, twice; 8 at the end.
      assertThat(NetworkFeatures.of(model).activations())
          .extracting(Activation::rank, Activation::channels)
          .containsExactly(
              tuple(4, 3),
              tuple(3, 8),
              tuple(3, 8),
              tuple(3, 32),
              tuple(3, 8),
              tuple(3, 8),
              tuple(3, 32),
              tuple(3, 8));
    }
  }

  @Test
  void transformers_of_other_exporters_show_the_same() {
    SmallModel small = new SmallModel().input("image", ElementType.FLOAT, 1, 3, 1);
    String tokens = small.builder.reshape("image", -1, 1, 3);
    String half = small.builder.constant("half", new float[] {0.5f}, 1);
    String one = small.builder.constant("one", new float[] {1}, 1);
    // Layer normalisation and GELU as PyTorch writes them before operator sets 17 and 20.
    small
        .then("ReduceMean", tokens, "mean", attribute("axes", new long[] {2}))
        .then("Sub", List.of(tokens, "mean"), "centred")
        .then("Mul", List.of("centred", "centred"), "squares")
        .then("ReduceMean", "squares", "variance", attribute("axes", new long[] {2}))
        .then("Add", List.of("variance", half), "safe")
        .then("Sqrt", "safe", "deviation")
        .then("Div", List.of("centred", "deviation"), "normal")
        .then("Erf", "normal", "erf")
        .then("Add", List.of("erf", one), "gate")
        .then("Mul", List.of("normal", "gate"), "gated")
        .then("Mul", List.of("gated", half), "gelu");
    small
        .dense(small.builder.reshape("gelu", -1, 3), "logits", 2)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2)
        .write(path, 13, 0);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(NetworkFeatures.of(model).activations())
          .extracting(Activation::tensor)
          .containsExactly("image", "normal", "gated");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void every_rule_is_fused_with_the_network_whose_features_it_reads(boolean transformer) {
    Table images = images(60);
    try (OnnxClassifier model = transformer ? transformer() : network()) {
      RandomNetworks.Patches patches = patches(NetworkFeatures.of(model), images);
      for (var removal :
          List.of(
              RandomNetworks.distilled(patches, 2, 0.9, 3),
              RandomNetworks.tabulated(patches, 2, 1, 4),
              RandomNetworks.ofTwoAttributes(patches, 2, 0.8, 5))) {
        FusedModelAssert.assertFusedEqualsLibrary(
            model, OnnxOptions.defaults(), removal, DecisionRule.MOST_PROBABLE, images, fused);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 9, 13, 18, 21})
  void networks_of_any_operator_set_show_their_features(int opset) {
    SmallModel small = new SmallModel().input("image", ElementType.FLOAT, 3, 16, 12);
    small.then("Relu", "image", "lit").then("GlobalAveragePool", "lit", "means");
    small
        .dense(small.builder.reshape("means", -1, 3), "logits", 2)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2)
        .write(path, opset, 0);
    Table images = images(20);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      FusedModelAssert.assertFusedEqualsLibrary(
          model,
          OnnxOptions.defaults(),
          RandomNetworks.tabulated(patches(NetworkFeatures.of(model), images), 2, 1, 4),
          DecisionRule.MOST_PROBABLE,
          images,
          fused);
    }
  }

  @Test
  void a_patch_alone_is_written_with_the_network_up_to_its_features() {
    Table images = images(20);
    try (OnnxClassifier model = network()) {
      Patch patch = patches(NetworkFeatures.of(model), images).draw(2, 6);

      NetworkExporter.exportPatch(patch, Map.of(), fused);

      double[] expected = Arrays.stream(patch.logProbabilities(images)).map(Math::exp).toArray();
      try (OnnxClassifier alone = OnnxClassifier.open(fused)) {
        assertThat(alone.rawOutput("probabilities", images))
            .usingComparatorWithPrecision(1e-5)
            .containsExactly(expected);
      }
    }
  }

  @Test
  void a_trainer_trains_on_the_features_and_not_on_the_pixels() {
    Table images = images(8);
    List<Table> seen = new ArrayList<>();
    try (OnnxClassifier model = network()) {
      NetworkFeatures features = NetworkFeatures.of(model);
      FeaturePatchTrainer trainer =
          new FeaturePatchTrainer(
              features,
              (inputs, labels, outputs, weights, seed) -> {
                seen.add(inputs);
                return new PatchNetwork(
                    new TableEncoder(List.of(new FeatureEncoder.Standardized("feature 0", 0, 1))),
                    List.of(new DenseLayer(1, 2, new float[] {1, 0}, new float[2])));
              });

      Patch patch = trainer.train(images, new double[16], 2, new double[8], 1);

      assertThat(seen.get(0).columns()).hasSize(features.size());
      double first = value(seen.get(0), 0, 5);
      assertThat(patch.logProbabilities(images)[10])
          .isCloseTo(first - Math.log(1 + Math.exp(first)), within(1e-6));
    }
  }

  @Test
  void a_patch_of_another_model_is_refused() {
    Table images = images(8);
    NetworkFeatures features;
    try (OnnxClassifier model = network()) {
      features = NetworkFeatures.of(model);
    }
    ImageModelExporter.export(
        RandomImageNetworks.small("image", SHAPE, false, 2, 10),
        Classes.of("dark", "blond"),
        Head.Link.SOFTMAX,
        Map.of(),
        path);
    try (OnnxClassifier other = OnnxClassifier.open(path)) {
      assertThatExceptionOfType(OnnxException.class)
          .isThrownBy(
              () ->
                  FusedExporter.export(
                      other,
                      RandomNetworks.tabulated(patches(features, images), 2, 1, 4),
                      DecisionRule.MOST_PROBABLE,
                      Map.of(),
                      fused))
          .withMessage(
              "The patch reads the activations of another model than '%s'; train it on those of this one.",
              path);
    }
    assertThat(fused).doesNotExist();
  }

  @Test
  void a_correction_without_its_model_is_refused() {
    Table images = images(8);
    try (OnnxClassifier model = network()) {
      assertThatExceptionOfType(OnnxException.class)
          .isThrownBy(
              () ->
                  NetworkExporter.exportCorrection(
                      RandomNetworks.tabulated(patches(NetworkFeatures.of(model), images), 2, 1, 4),
                      Map.of(),
                      fused))
          .withMessage(
              "The patch reads the activations of the model '%s', so it cannot be written without that model.",
              path);
    }
    assertThat(fused).doesNotExist();
  }

  @Test
  void models_of_tables_and_networks_without_activations_are_refused() {
    Headless.softmax(Headless.network().dense("h", "z", 3)).write(path, 13, 0);
    OnnxOptions named = OnnxOptions.of(ModelContract.none().withFeatures(List.of("a", "b", "c")));
    try (OnnxClassifier table = OnnxClassifier.open(path, named)) {
      assertThatExceptionOfType(OnnxException.class)
          .isThrownBy(() -> NetworkFeatures.of(table))
          .withMessage(
              "The model '%s' does not read images alone, so there are no activations of images to read.",
              path);
    }
    SmallModel small = new SmallModel().input("image", ElementType.FLOAT, 3, 16, 12);
    small.then("GlobalAveragePool", "image", "means");
    small
        .dense(small.builder.reshape("means", -1, 3), "logits", 2)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2)
        .write(path, 13, 0);
    try (OnnxClassifier linear = OnnxClassifier.open(path)) {
      assertThatExceptionOfType(OnnxException.class)
          .isThrownBy(() -> NetworkFeatures.of(linear))
          .withMessage(
              "No activations of a known number of channels were found in the model '%s', so its own features cannot be read; train a network over the images instead.",
              path);
    }
  }
}
