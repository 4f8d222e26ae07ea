package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ModelContract;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeployedHeadsTest {
  /** Layers as the file lists them; the README says the same of adult-mlp. */
  @ParameterizedTest
  @CsvSource({
    "ADULT_MLP,100,false",
    "COMPAS_MLP,64,true",
    "COMPAS_MLP_NORACE,64,true",
    "LSAC_MLP,64,true"
  })
  void the_head_answers_the_whole_test_split_like_the_model(
      DeployedModel deployed, int features, boolean biased, @TempDir Path folder) {
    try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(deployed.path())) {
      assertThat(model.head().features()).isEqualTo(features);
      assertThat(model.head().layer().outputs()).isEqualTo(2);
      assertThat(model.head().biased()).isEqualTo(biased);
      HeadAssert.assertHeadIsTheModels(
          model, OnnxOptions.defaults(), deployed.testSplit(), folder.resolve("repaired.onnx"));
    }
  }

  @Test
  void the_parameters_of_a_head_are_named() {
    try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(DeployedModel.LSAC_MLP.path())) {
      assertThat(model.describe())
          .endsWith(
              " Its head is Gemm 'logits': 64 features to 2 logits with bias, under a softmax.");
      assertThat(model.headTensors())
          .extracting(HeadTensor::name, HeadTensor::numbers)
          .containsExactly(tuple("dense2.weight", 128), tuple("dense2.bias", 2));
    }
  }

  @Test
  void the_head_is_the_same_behind_either_output() {
    OnnxOptions read = OnnxOptions.of(ModelContract.none().withOutput("probabilities"));
    try (OnnxHeadedClassifier logits = OnnxHeadedClassifier.open(DeployedModel.ADULT_MLP.path());
        OnnxHeadedClassifier probabilities =
            OnnxHeadedClassifier.open(DeployedModel.ADULT_MLP.path(), read)) {
      assertThat(probabilities.headTensors()).isEqualTo(logits.headTensors());
      assertThat(probabilities.head().link()).isEqualTo(logits.head().link());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,2", "8192,2"})
  void features_do_not_depend_on_batch_size_or_threads(int batch, int threads) {
    Table rows = DeployedModel.ADULT_MLP.testSplit().slice(0, 500);
    double[] expected = features(OnnxOptions.defaults(), rows);

    assertThat(features(OnnxOptions.defaults().withBatchSize(batch).withThreads(threads), rows))
        .isEqualTo(expected);
  }

  private static double[] features(OnnxOptions options, Table rows) {
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(DeployedModel.ADULT_MLP.path(), options)) {
      return model.features(rows);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADULT_GBDT", "LSAC_GBDT"})
  void tree_ensembles_have_no_head(DeployedModel deployed) {
    // Outside of what is expected to throw: without the data the test is skipped.
    Path path = deployed.path();
    assertThatThrownBy(() -> OnnxHeadedClassifier.open(path))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            ("The model '%s' has no head that can be edited: it is a tree ensemble"
                    + " (TreeEnsembleClassifier), which has no dense layer; use erase, which needs"
                    + " the answers only.")
                .formatted(path));
  }

  @Test
  void four_layers_end_the_adult_network() {
    Path path = DeployedModel.ADULT_MLP.path();

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(path, OnnxOptions.defaults(), 7))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "The head is asked for with 7 layers, but the model '%s' ends in 4 dense layers."
                .formatted(path));
  }

  @Test
  void the_head_of_a_deployed_face_network_is_its_gender_layer() throws OrtException {
    byte[] before = file("face-api-age-gender");
    ModelProto model = model(before);
    GraphHead graphHead =
        head(
            model,
            before,
            new ScoreOutput("probabilities", Layout.MATRIX, ScoreScale.PROBABILITIES, 2));
    Head head = graphHead.read(Classes.of("male", "female"), before);

    assertThat(graphHead.describe())
        .isEqualTo("Gemm '/Gemm': 512 features to 2 logits with bias, under a softmax");
    byte[] after = before.clone();
    graphHead.write(after, head.layer());
    assertThat(after).isEqualTo(before);
    Head edited = HeadAssert.edited(head, 3);
    graphHead.write(after, edited.layer());
    HeadAssert.assertDifferInHeadOnly(before, after, graphHead.headTensors());

    FeatureTap tap = FeatureTap.of(model, graphHead);
    float[] picture = new float[3 * 112 * 112];
    Random random = new Random(4);
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.nextInt(256);
    }
    long[] shape = {1, 3, 112, 112};
    double[] features = run(tap.model().toByteArray(), "image", picture, shape, tap.output());
    double[] ages = run(before, "image", picture, shape, "age");
    assertThat(run(after, "image", picture, shape, "age")).isEqualTo(ages);
    assertProbabilities(
        head.answers(features), run(before, "image", picture, shape, "probabilities"));
    assertProbabilities(
        edited.answers(features), run(after, "image", picture, shape, "probabilities"));
  }

  @Test
  void the_head_of_a_cntk_network_is_a_product_with_a_reshaped_parameter() throws OrtException {
    byte[] before = file("mnist-8");
    ModelProto model = model(before);
    GraphHead graphHead =
        head(
            model,
            before,
            new ScoreOutput("Plus214_Output_0", Layout.MATRIX, ScoreScale.LOGITS, 2));
    Classes digits = new Classes(LabelOutput.numbers(10));
    Head head = graphHead.read(digits, before);
    assertThat(graphHead.describe())
        .isEqualTo("MatMul 'Times212': 256 features to 10 logits with bias, under a softmax");
    byte[] after = before.clone();
    graphHead.write(after, head.layer());
    assertThat(after).isEqualTo(before);
    Head edited = HeadAssert.edited(head, 3);
    graphHead.write(after, edited.layer());
    HeadAssert.assertDifferInHeadOnly(before, after, graphHead.headTensors());

    FeatureTap tap = FeatureTap.of(model, graphHead);
    float[] picture = new float[28 * 28];
    Random random = new Random(4);
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.nextFloat();
    }
    long[] shape = {1, 1, 28, 28};
    double[] features = run(tap.model().toByteArray(), "Input3", picture, shape, tap.output());
    HeadAssert.assertSameProbabilities(
        edited.answers(features),
        Answers.Soft.ofLogits(digits, run(after, "Input3", picture, shape, "Plus214_Output_0")));
  }

  @Test
  void a_convolution_and_a_global_pool_are_no_head() {
    byte[] file = file("squeezenet_cifar10");
    ScoreOutput loss = new ScoreOutput("loss", Layout.MATRIX, ScoreScale.PROBABILITIES, 2);

    assertThatThrownBy(() -> head(model(file), file, loss))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "The model 'some.onnx' has no head that can be edited: its answers come from"
                + " GlobalAveragePool 'squeezenet/global_average_pooling2d/Mean', not from a dense"
                + " layer; use erase, which needs the answers only.");
  }

  private static byte[] file(String name) {
    return HeadAssert.bytes(TestData.folder().resolve("models").resolve(name + ".onnx"));
  }

  private static ModelProto model(byte[] file) {
    try {
      return ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static GraphHead head(ModelProto model, byte[] file, ScoreOutput scores) {
    int classes = scores.name().equals("probabilities") ? 2 : 10;
    return new HeadFinder(new Graph(model.getGraph()), file, new NoHead(Path.of("some.onnx")))
        .find(scores, classes);
  }

  /** What one output says about one picture. */
  private static double[] run(
      byte[] model, String input, float[] picture, long[] shape, String output)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(picture), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
      return ((OutputValues.Numbers) OutputValues.copy(result.get(0), 1).orElseThrow()).values();
    }
  }

  private static void assertProbabilities(Answers.Soft expected, double[] actual) {
    HeadAssert.assertSameProbabilities(
        expected, Answers.Soft.ofProbabilities(expected.classes(), actual, Answers.FLOAT_FLOOR));
  }
}
