package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Head;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SecondRuntime.class)
class FusedImageModelTest {
  private static final List<Integer> FIRST = List.of(3, 16, 12);
  private static final List<Integer> LAST = List.of(16, 12, 3);
  private static final int ROWS = 30;

  private final Path path;
  private final Path fused;

  FusedImageModelTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
    this.fused = folder.resolve("fused.onnx");
  }

  private static RandomNetworks.Patches patches(
      String column, List<Integer> shape, boolean channelsLast) {
    return (outputs, seed) ->
        new ImagePatch(RandomImageNetworks.small(column, shape, channelsLast, outputs, seed));
  }

  private void assertEveryRuleFuses(
      RandomNetworks.Patches patches, DecisionRule rule, Table images) {
    try (OnnxClassifier deployed = OnnxClassifier.open(path)) {
      int classes = deployed.classes().size();
      for (Removal removal :
          List.of(
              RandomNetworks.distilled(patches, classes, 0.9, 3),
              RandomNetworks.tabulated(patches, classes, 1, 4),
              RandomNetworks.ofTwoAttributes(patches, classes, 0.8, 5))) {
        FusedModelAssert.assertFusedEqualsLibrary(
            deployed, OnnxOptions.defaults(), removal, rule, images, fused);
      }
    }
  }

  private static final RandomNetworks.Patches TRANSFORMERS =
      (outputs, seed) ->
          new ImagePatch(RandomImageNetworks.transformer("image", FIRST, 4, outputs, seed));

  /** A linear model of the means of three channels. */
  private SmallModel channelMeans(SmallModel small, String channelsFirst) {
    small.then("GlobalAveragePool", channelsFirst, "means");
    return small
        .dense(small.builder.reshape("means", -1, 3), "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .output("logits", ElementType.FLOAT, 3);
  }

  private void channelsFirstModel(int opset) {
    channelMeans(new SmallModel().input("image", ElementType.FLOAT, 3, 16, 12), "image")
        .write(path, opset, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 11, 13, 18, 21})
  void a_network_of_any_operator_set_with_channels_first_is_fused(int opset) {
    channelsFirstModel(opset);

    Table images = RandomImageNetworks.images("image", FIRST, ROWS, 1);

    assertEveryRuleFuses(patches("image", FIRST, false), DecisionRule.MOST_PROBABLE, images);

    try (OnnxClassifier model = OnnxClassifier.open(fused)) {
      assertThat(model.rawOutput("flipped", images)).contains(0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 11, 13, 18, 21})
  void a_transformer_is_a_patch_of_a_network_of_any_operator_set(int opset) {
    channelsFirstModel(opset);

    assertEveryRuleFuses(
        TRANSFORMERS,
        DecisionRule.MOST_PROBABLE,
        RandomImageNetworks.images("image", FIRST, ROWS, 8));
  }

  @Test
  void a_transformer_is_fused_with_patches_of_either_kind() {
    ImageModelExporter.export(
        RandomImageNetworks.transformer("image", FIRST, 4, 2, 9),
        Classes.of("dark", "blond"),
        Head.Link.SOFTMAX,
        Map.of(),
        path);
    Table images = RandomImageNetworks.images("image", FIRST, ROWS, 9);

    assertEveryRuleFuses(patches("image", FIRST, false), DecisionRule.MOST_PROBABLE, images);
    assertEveryRuleFuses(TRANSFORMERS, DecisionRule.MOST_PROBABLE, images);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 13, 21})
  void a_network_with_channels_last_is_fused(int opset) {
    SmallModel small =
        new SmallModel()
            .input("image", ElementType.FLOAT, 16, 12, 3)
            .then("Transpose", "image", "first", attribute("perm", new long[] {0, 3, 1, 2}));
    channelMeans(small, "first").write(path, opset, 0);

    assertEveryRuleFuses(
        patches("image", LAST, true),
        DecisionRule.MOST_PROBABLE,
        RandomImageNetworks.images("image", LAST, ROWS, 2));
  }

  /** As exporters write them that take the scaling of pixels into the graph, or halve weights. */
  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"UINT8", "INT32", "FLOAT16", "DOUBLE"})
  void a_network_that_reads_other_numbers_is_fused(ElementType type) {
    SmallModel small = new SmallModel().input("image", type, 3, 16, 12);
    String numbers = small.builder.cast("image", ElementType.FLOAT);
    small.then("Relu", numbers, "activation");
    channelMeans(small, "activation").write(path, 13, 0);
    Table images = RandomImageNetworks.pixels("image", FIRST, ROWS, 6);

    assertEveryRuleFuses(patches("image", FIRST, false), DecisionRule.MOST_PROBABLE, images);
    try (OnnxClassifier deployed = OnnxClassifier.open(path)) {
      assertThat(deployed.inputs().get(0).whole())
          .isEqualTo(type == ElementType.UINT8 || type == ElementType.INT32);
      assertThat(NetworkFeatures.of(deployed).of(images).rows()).isEqualTo(ROWS);
    }
  }

  @Test
  void a_network_of_images_of_any_size_is_fused_for_those_that_its_patch_reads() {
    int open = InputColumn.OPEN;
    channelMeans(new SmallModel().input("image", ElementType.FLOAT, 3, open, open), "image")
        .write(path, 13, 0);

    assertEveryRuleFuses(
        patches("image", FIRST, false),
        DecisionRule.MOST_PROBABLE,
        RandomImageNetworks.images("image", FIRST, ROWS, 3));
  }

  @Test
  void a_model_of_ours_keeps_its_classes_and_properties() {
    ImageModelExporter.export(
        RandomImageNetworks.small("image", FIRST, false, 1, 9),
        Classes.of("dark", "blond"),
        Head.Link.SIGMOID,
        Map.of(ImageModelExporter.PREPROCESSING, "size=12x16"),
        path);

    assertEveryRuleFuses(
        patches("image", FIRST, false),
        DecisionRule.threshold(0.4),
        RandomImageNetworks.images("image", FIRST, ROWS, 4));

    try (OnnxClassifier model = OnnxClassifier.open(fused)) {
      assertThat(model.classes()).isEqualTo(Classes.of("dark", "blond"));
      assertThat(model.metadata())
          .containsEntry("evenhand.preprocessing", "size=12x16")
          .containsEntry("evenhand.original_probabilities", "original_probabilities");
    }
  }

  @Test
  void the_given_network_of_faces_is_fused() {
    List<Integer> shape = List.of(3, 112, 112);
    Path faces = TestData.folder().resolve("models/face-api-age-gender.onnx");
    Table images = RandomImageNetworks.images("image", shape, 6, 5);

    try (OnnxClassifier deployed = OnnxClassifier.open(faces)) {
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          OnnxOptions.defaults(),
          RandomNetworks.ofTwoAttributes(patches("image", shape, false), 2, 1, 6),
          DecisionRule.MOST_PROBABLE,
          images,
          fused);
    }
  }

  @Test
  void a_patch_and_a_correction_on_their_own_answer_like_the_library() {
    RandomNetworks.Patches patches = patches("image", FIRST, false);
    Table images = RandomImageNetworks.images("image", FIRST, ROWS, 7);
    ImagePatch patch = (ImagePatch) patches.draw(3, 8);
    NetworkExporter.exportPatch(patch, Map.of(), path);

    try (OnnxClassifier exported = OnnxClassifier.open(path)) {
      assertThat(exported.inputs())
          .containsExactly(new InputColumn("image", InputColumn.Kind.TENSOR, FIRST));
      double[] expected = patch.logProbabilities(images);
      double[] answered = exported.rawOutput("probabilities", images);
      for (int i = 0; i < expected.length; i++) {
        assertThat(answered[i]).isCloseTo(Math.exp(expected[i]), within(1e-6));
      }
    }
    Removal removal = RandomNetworks.tabulated(patches, 2, 0.5, 9);
    NetworkExporter.exportCorrection(removal, Map.of(), path);
    OnnxOptions correction =
        OnnxOptions.of(ModelContract.none().withOutput(NetworkExporter.CORRECTION));
    try (OnnxClassifier exported = OnnxClassifier.open(path, correction)) {
      double[] rule = removal.rule().logRule(images);
      double[] answered = exported.rawOutput(NetworkExporter.CORRECTION, images);
      for (int i = 0; i < rule.length; i++) {
        assertThat(answered[i]).isCloseTo(0.5 * (rule[i] - removal.kept()[i % 2]), within(1e-6));
      }
    }
  }

  @Test
  void a_patch_must_read_images_of_the_deployed_models_shape() {
    channelsFirstModel(13);

    assertRefused(
        patches("image", List.of(3, 32, 32), false),
        "The patch reads images of shape [3, 32, 32] from column 'image', but the deployed model's input takes [3, 16, 12] (-1 stands for any size).");
  }

  @Test
  void a_patch_must_read_the_deployed_models_column() {
    channelsFirstModel(13);

    assertRefused(
        patches("picture", FIRST, false),
        "The patch reads column 'picture', but the deployed model does not; train the patch on the model's own inputs: image.");
  }

  private void assertRefused(RandomNetworks.Patches patches, String message) {
    try (OnnxClassifier deployed = OnnxClassifier.open(path)) {
      assertThatExceptionOfType(OnnxException.class)
          .isThrownBy(
              () ->
                  FusedExporter.export(
                      deployed,
                      RandomNetworks.distilled(patches, 3, 1, 3),
                      DecisionRule.MOST_PROBABLE,
                      Map.of(),
                      fused))
          .withMessage(message);
    }
    assertThat(fused).doesNotExist();
  }
}
