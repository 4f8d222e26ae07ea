package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnknownFieldSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenhand.core.Column;
import org.evenhand.core.Head;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads are found in every way in which exporters write a last layer. */
class HeadDialectsTest {
  private static final int ROWS = 50;
  private static final OnnxOptions TENSOR =
      OnnxOptions.builder().features(List.of("a", "b", "c")).build();

  /** {@link SmallModel#WEIGHTS}, inputs × outputs. */
  private static final float[] TURNED = {0.9f, -0.7f, 0.1f, -0.4f, 0.3f, 0.6f, 0.2f, 0.5f, -0.8f};

  private final Path model;
  private final Path repaired;

  HeadDialectsTest(@TempDir Path folder) {
    this.model = folder.resolve("model.onnx");
    this.repaired = folder.resolve("repaired.onnx");
  }

  private static Table rows() {
    Random random = new Random(5);
    List<Column> columns = new ArrayList<>();
    for (String name : TENSOR.features()) {
      columns.add(new NumericColumn(name, random.doubles(ROWS, -2, 2).toArray()));
    }
    return Table.of(columns);
  }

  /** A model whose head reads {@code h}, the hyperbolic tangents of three numbers. */
  private static SmallModel network() {
    return new SmallModel().input("x", ElementType.FLOAT, 3).then("Tanh", "x", "h");
  }

  private Head assertHead(SmallModel small, int opset, int mlVersion) {
    small.write(model, opset, mlVersion);
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      HeadAssert.assertHeadIsTheModels(headed, TENSOR, rows(), repaired);
      return headed.head();
    }
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        layer(
            "Gemm with one row an output",
            true,
            small ->
                small
                    .raw("w", SmallModel.WEIGHTS, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .node("Gemm", List.of("h", "w", "b"), "z", attribute("transB", 1))),
        layer(
            "Gemm with one column an output",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 1, 3)
                    .node("Gemm", List.of("h", "w", "b"), "z")),
        layer(
            "Gemm with factors",
            true,
            small ->
                small
                    .raw("w", scaled(TURNED, 2), 3, 3)
                    .raw("b", scaled(SmallModel.BIAS, 0.25f), 3)
                    .node(
                        "Gemm",
                        List.of("h", "w", "b"),
                        "z",
                        attribute("alpha", 0.5f),
                        attribute("beta", 4f))),
        layer(
            "Gemm of features that lie in columns",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .then("Transpose", "h", "turned")
                    .node("Gemm", List.of("turned", "w", "b"), "z", attribute("transA", 1))),
        layer(
            "Gemm without bias",
            false,
            small ->
                small
                    .raw("w", SmallModel.WEIGHTS, 3, 3)
                    .node("Gemm", List.of("h", "w"), "z", attribute("transB", 1))),
        layer(
            "Gemm with a bias behind it",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .node("Gemm", List.of("h", "w"), "product")
                    .node("Add", List.of("product", "b"), "z")),
        layer(
            "MatMul",
            false,
            small -> small.raw("w", TURNED, 3, 3).node("MatMul", List.of("h", "w"), "z")),
        layer(
            "MatMul and a bias",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .node("MatMul", List.of("h", "w"), "product")
                    .node("Add", List.of("product", "b"), "z")),
        layer(
            "a bias and MatMul",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 1, 3)
                    .node("MatMul", List.of("h", "w"), "product")
                    .node("Add", List.of("b", "product"), "z")),
        layer(
            "weights in a list of numbers, reshaped",
            true,
            small -> {
              small.listed("p", TURNED, 3, 1, 1, 3).listed("b", SmallModel.BIAS, 1, 3);
              String w = small.builder.reshape("p", 0, -1);
              small
                  .node("MatMul", List.of("h", w), "product")
                  .node("Add", List.of("product", "b"), "z");
            }),
        layer(
            "weights in a list of numbers that is not packed",
            true,
            small ->
                small
                    .initializer("w", ElementType.FLOAT, unpacked(SmallModel.WEIGHTS), 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .node("Gemm", List.of("h", "w", "b"), "z", attribute("transB", 1))),
        layer("Constant nodes", true, small -> small.dense("h", "z", 3)),
        layer(
            "a transposed constant",
            true,
            small ->
                small
                    .raw("w", SmallModel.WEIGHTS, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .then("Transpose", "w", "turned", attribute("perm", new long[] {1, 0}))
                    .node("MatMul", List.of("h", "turned"), "product")
                    .node("Add", List.of("product", "b"), "z")),
        layer(
            "a constant behind Identity",
            true,
            small ->
                small
                    .raw("w", TURNED, 3, 3)
                    .raw("b", SmallModel.BIAS, 3)
                    .then("Identity", "w", "same")
                    .node("Gemm", List.of("h", "same", "b"), "z")),
        layer(
            "64-bit numbers",
            true,
            small ->
                small
                    .wide("w", TURNED, 3, 3)
                    .wide("b", SmallModel.BIAS, 3)
                    .node("MatMul", List.of(small.builder.cast("h", ElementType.DOUBLE), "w"), "p")
                    .node("Add", List.of("p", "b"), "wide")
                    .then("Cast", "wide", "z", attribute("to", ElementType.FLOAT.code()))),
        layer(
            "64-bit numbers that are used as 32-bit ones",
            false,
            small ->
                small
                    .wide("w", TURNED, 3, 3)
                    .node(
                        "MatMul", List.of("h", small.builder.cast("w", ElementType.FLOAT)), "z")));
  }

  private static Arguments layer(String name, boolean biased, Consumer<SmallModel> layer) {
    return Arguments.of(Named.of(name, layer), biased);
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  private static TensorProto.Builder unpacked(float[] values) {
    UnknownFieldSet.Field.Builder numbers = UnknownFieldSet.Field.newBuilder();
    for (float value : values) {
      numbers.addFixed32(Float.floatToIntBits(value));
    }
    return TensorProto.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(TensorProto.FLOAT_DATA_FIELD_NUMBER, numbers.build())
                .build());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void a_layer_is_read_however_it_is_written(Consumer<SmallModel> layer, boolean biased) {
    SmallModel small = network();
    layer.accept(small);
    small.then("Softmax", "z", "probabilities", attribute("axis", 1));
    small.output("probabilities", ElementType.FLOAT, 3);

    Head head = assertHead(small, 13, 0);

    assertThat(head.layer().weights()).containsExactly(SmallModel.WEIGHTS);
    assertThat(head.layer().bias()).containsExactly(biased ? SmallModel.BIAS : new float[3]);
    assertThat(head.biased()).isEqualTo(biased);
    assertThat(head.link()).isEqualTo(Head.Link.SOFTMAX);
  }

  @ParameterizedTest
  @CsvSource({"7", "8", "9", "12", "13", "15", "18", "21"})
  void operator_sets_old_and_new_are_read(int opset) {
    SmallModel small =
        network()
            .raw("w", SmallModel.WEIGHTS, 3, 3)
            .raw("b", SmallModel.BIAS, 3)
            .node("Gemm", List.of("h", "w", "b"), "z", attribute("transB", 1))
            .then("Softmax", "z", "probabilities", attribute("axis", 1))
            .output("probabilities", ElementType.FLOAT, 3);

    assertThat(assertHead(small, opset, 0).layer().weights()).containsExactly(SmallModel.WEIGHTS);
  }

  @ParameterizedTest
  @CsvSource({"logits,logits", "LogSoftmax,scores"})
  void logits_and_log_probabilities_are_scores_too(String operator, String output) {
    SmallModel small = network().dense("h", "z", 3);
    small.then(operator.equals("logits") ? "Identity" : operator, "z", output);
    small.output(output, ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0).link()).isEqualTo(Head.Link.SOFTMAX);
  }

  @Test
  void the_exponential_of_a_log_softmax_is_a_softmax() {
    SmallModel small =
        network()
            .dense("h", "z", 3)
            .then("LogSoftmax", "z", "log", attribute("axis", 1))
            .then("Exp", "log", "probabilities")
            .output("probabilities", ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0).link()).isEqualTo(Head.Link.SOFTMAX);
  }

  @Test
  void one_sigmoid_is_the_second_class() {
    SmallModel small =
        network()
            .dense("h", "z", 1)
            .then("Sigmoid", "z", "score")
            .output("score", ElementType.FLOAT, 1);

    Head head = assertHead(small, 13, 0);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(Arrays.copyOf(SmallModel.WEIGHTS, 3));
  }

  @Test
  void one_sigmoid_may_be_flat() {
    SmallModel small =
        network()
            .dense("h", "z", 1)
            .then("Sigmoid", "z", "s")
            .flattened("s", "score")
            .output("score", ElementType.FLOAT);

    assertThat(assertHead(small, 13, 0).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void one_logit_stands_for_its_sigmoid() {
    SmallModel small = network().dense("h", "logit", 1).output("logit", ElementType.FLOAT, 1);

    assertThat(assertHead(small, 13, 0).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void a_sigmoid_beside_its_complement_is_one_sigmoid() {
    SmallModel small = network().dense("h", "z", 1).then("Sigmoid", "z", "p");
    small
        .raw("one", new float[] {1}, 1)
        .node("Sub", List.of("one", "p"), "q")
        .node("Concat", List.of("q", "p"), "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2);

    assertThat(assertHead(small, 13, 0).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void features_of_three_dimensions_are_laid_flat() {
    SmallModel small = network();
    String cube = small.builder.reshape("h", -1, 1, 3);
    small
        .raw("w", TURNED, 3, 3)
        .node("MatMul", List.of(cube, "w"), "z")
        .then("Softmax", "z", "s", attribute("axis", 2));
    small
        .then("Flatten", "s", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0).features()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"NONE", "SOFTMAX"})
  void a_linear_classifier_is_its_own_head(String postTransform) {
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "scores",
                SmallModel.WEIGHTS,
                SmallModel.BIAS,
                postTransform,
                attribute("classlabels_ints", new long[] {10, 20, 30}))
            .output("label", ElementType.INT64)
            .output("scores", ElementType.FLOAT, 3);

    Head head = assertHead(small, 13, 2);

    assertThat(head.layer().weights()).containsExactly(SmallModel.WEIGHTS);
    assertThat(head.layer().bias()).containsExactly(SmallModel.BIAS);
    assertThat(head.classes().names()).containsExactly("10", "20", "30");
  }

  @Test
  void the_end_of_a_scikit_learn_pipeline_is_walked_through() {
    var labels = attribute("classlabels_strings", List.of("low", "middle", "high"));
    SmallModel small = network().linearClassifier("h", "output_label", "scores", labels);
    small.builder.addNamed(
        GraphBuilder.ML_DOMAIN,
        "Normalizer",
        "normal",
        List.of("scores"),
        SmallModel.text("norm", "L1"));
    small.output("output_label", ElementType.STRING).zipMap("normal", "output_probability", labels);

    assertThat(assertHead(small, 13, 2).classes().names()).containsExactly("low", "middle", "high");
  }

  @Test
  void two_opposite_rows_under_sigmoids_are_one_logit() {
    float[] row = Arrays.copyOf(SmallModel.WEIGHTS, 3);
    float[] both = {-row[0], -row[1], -row[2], row[0], row[1], row[2]};
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "probabilities",
                both,
                new float[] {-0.3f, 0.3f},
                "LOGISTIC",
                attribute("classlabels_ints", new long[] {0, 1}))
            .output("label", ElementType.INT64)
            .output("probabilities", ElementType.FLOAT, 2);

    Head head = assertHead(small, 13, 2);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(row);
    assertThat(head.layer().bias()).containsExactly(0.3f);
    try (OnnxClassifier written = OnnxClassifier.open(repaired, TENSOR)) {
      double[] probabilities = written.rawOutput("probabilities", rows());
      for (int i = 0; i < probabilities.length; i += 2) {
        assertThat(probabilities[i] + probabilities[i + 1]).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void one_row_under_a_sigmoid_is_one_logit() {
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "probabilities",
                Arrays.copyOf(SmallModel.WEIGHTS, 3),
                new float[] {0.3f},
                "LOGISTIC",
                attribute("classlabels_ints", new long[] {0, 1}))
            .output("label", ElementType.INT64)
            .output("probabilities", ElementType.FLOAT, 2);

    assertThat(assertHead(small, 13, 2).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void a_linear_model_on_whole_numbers_needs_no_standard_operators() {
    SmallModel small =
        new SmallModel()
            .input("a", ElementType.INT64, 3)
            .linearClassifier(
                "a", "label", "probabilities", attribute("classlabels_ints", new long[] {0, 1, 2}))
            .output("probabilities", ElementType.FLOAT, 3);
    small.write(model, 13, 1);
    Table whole =
        Table.of(
            TENSOR.features().stream()
                .map(name -> new NumericColumn(name, new double[] {-2, 0, 1, 3}))
                .toList());

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      HeadAssert.assertHeadIsTheModels(headed, TENSOR, whole, repaired);
    }
  }
}
