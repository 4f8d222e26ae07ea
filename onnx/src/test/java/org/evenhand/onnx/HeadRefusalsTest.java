package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.softmax;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model without a head that can be edited says why, and what to do. */
class HeadRefusalsTest {
  private static final String ERASE = "; use erase, which needs the answers only.";

  private final Path folder;
  private final Path model;

  HeadRefusalsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model.onnx");
  }

  private void assertNoHead(OnnxOptions options, String reason) {
    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, options))
        .isInstanceOf(OnnxException.class)
        .hasMessage("The model '%s' has no head that can be edited: %s".formatted(model, reason));
  }

  @Test
  void hard_labels_alone_cannot_be_compared_with_a_head() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "label", "scores", attribute("classlabels_ints", new long[] {0, 1, 2}))
        .output("label", ElementType.INT64)
        .write(model, 13, 1);

    assertNoHead(
        TENSOR, "it only names classes; export it again with its probabilities or logits.");
  }

  @Test
  void a_fused_model_is_repaired_at_its_source() {
    Path deployed = folder.resolve("deployed.onnx");
    softmax(network().dense("h", "z", 3)).write(deployed, 13, 0);
    Table rows =
        Table.of(
            Headless.COLUMNS.stream()
                .map(name -> new NumericColumn(name, new double[] {1, 2, 3}))
                .toList());
    try (OnnxClassifier original = OnnxClassifier.open(deployed, TENSOR)) {
      FusedExporter.export(
          original,
          RandomNetworks.distilled(rows, 3, 1, 3),
          DecisionRule.MOST_PROBABLE,
          Map.of(),
          model);
    }

    assertNoHead(TENSOR, "erase has corrected its answers; unlearn from the deployed model.");
  }

  @Test
  void a_model_that_is_too_old_is_named_with_its_operator_set() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "label", "probabilities", attribute("classlabels_ints", new long[] {0, 1, 2}))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 6, 1);

    assertNoHead(TENSOR, "it uses operator set 6, and 7 or newer is needed; export it again.");
  }

  @Test
  void independent_sigmoids_are_refused() {
    network()
        .dense("h", "z", 3)
        .then("Sigmoid", "z", "scores")
        .output("scores", ElementType.FLOAT, 3)
        .write(model, 13, 0);

    assertNoHead(
        OnnxOptions.of(
            ModelContract.none().withFeatures(Headless.COLUMNS).withOutput(ModelContract.SIGMOID)),
        "its 3 outputs are independent sigmoids, where a softmax or one sigmoid is needed" + ERASE);
  }

  @Test
  void two_rows_under_sigmoids_that_are_not_opposite_are_independent() {
    network()
        .linearClassifier(
            "h",
            "label",
            "logits",
            Arrays.copyOf(SmallModel.WEIGHTS, 6),
            new float[] {-0.3f, 0.3f},
            "LOGISTIC",
            attribute("classlabels_ints", new long[] {0, 1}))
        .output("label", ElementType.INT64)
        .output("logits", ElementType.FLOAT, 2)
        .write(model, 13, 2);

    assertNoHead(
        TENSOR,
        "its 2 outputs are independent sigmoids, where a softmax or one sigmoid is needed" + ERASE);
  }

  @Test
  void an_operator_that_is_no_dense_layer_is_named() {
    network()
        .dense("h", "z", 3)
        .then("Abs", "z", "logits")
        .output("logits", ElementType.FLOAT, 3)
        .write(model, 13, 0);

    assertNoHead(TENSOR, "its answers come from Abs 'node/logits', not from a dense layer" + ERASE);
  }

  @Test
  void an_unknown_end_over_a_dense_layer_is_named() {
    network()
        .dense("h", "z", 3)
        .then("Sigmoid", "z", "s")
        .then("Softmax", "s", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "its answers come from the 3 outputs of Gemm 'node/z' through Softmax of Sigmoid, where a"
            + " softmax of 3 or one sigmoid is needed"
            + ERASE);
  }

  @Test
  void answers_that_are_the_inputs_have_no_layer() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .then("Softmax", "x", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 13, 0);

    assertNoHead(TENSOR, "nothing computes 'x'" + ERASE);
  }

  @Test
  void a_quantised_layer_is_refused() {
    SmallModel small = network();
    small
        .initializer(
            "w8",
            ElementType.FLOAT,
            TensorProto.newBuilder().setRawData(ByteString.copyFrom(new byte[9])),
            3,
            3)
        .graph
        .getInitializerBuilder(0)
        .setDataType(DataType.INT8.getNumber());
    small.raw("scale", new float[] {0.1f}).node("DequantizeLinear", List.of("w8", "scale"), "w");
    softmax(small.node("MatMul", List.of("h", "w"), "z")).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'w' of its last layer is quantised; unlearn from the model as it was"
            + " before, and quantise the result.");
  }

  @Test
  void a_layer_whose_product_is_quantised_is_refused() {
    SmallModel small = network();
    small
        .raw("scale", new float[] {0.1f})
        .node("QuantizeLinear", List.of("h", "scale"), "q")
        .node("DequantizeLinear", List.of("q", "scale"), "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "its last layer (DequantizeLinear) is quantised; unlearn from the model as it was before,"
            + " and quantise the result.");
  }

  @Test
  void sixteen_bit_weights_of_another_kind_are_refused() {
    SmallModel small = network();
    small
        .initializer(
            "w",
            ElementType.FLOAT,
            TensorProto.newBuilder().setRawData(ByteString.copyFrom(new byte[18])),
            3,
            3)
        .graph
        .getInitializerBuilder(0)
        .setDataType(DataType.BFLOAT16.getNumber());
    String wide = small.builder.cast("w", ElementType.FLOAT);
    softmax(small.node("MatMul", List.of("h", wide), "z")).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'w' of its last layer is stored in 16 bits of an unusual kind; save the"
            + " model with 32-bit numbers.");
  }

  @Test
  void weights_that_another_layer_shares_are_refused() {
    SmallModel small =
        network()
            .raw("w", SmallModel.WEIGHTS, 3, 3)
            .node("MatMul", List.of("h", "w"), "before")
            .node("MatMul", List.of("before", "w"), "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'w' of its last layer is read by MatMul 'node/before' and MatMul"
            + " 'node/z', and only one may change; export the model with a copy for each.");
  }

  @Test
  void weights_that_a_graph_computes_are_refused() {
    SmallModel small =
        network()
            .raw("w", SmallModel.WEIGHTS, 3, 3)
            .then("Abs", "w", "positive")
            .node("MatMul", List.of("h", "positive"), "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'positive' of its last layer is not a constant of the file" + ERASE);
  }

  @Test
  void weights_that_depend_on_the_row_are_refused() {
    SmallModel small = network();
    String column = small.builder.reshape("h", -1, 3, 1);
    String row = small.builder.reshape("h", -1, 1, 3);
    small
        .node("MatMul", List.of(column, row), "outer")
        .node("MatMul", List.of(row, "outer"), "product")
        .then("Flatten", "product", "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'outer' of its last layer is not a constant of the file" + ERASE);
  }

  @Test
  void one_bias_for_all_outputs_is_refused() {
    SmallModel small =
        network()
            .raw("w", SmallModel.WEIGHTS, 3, 3)
            .raw("b", new float[] {0.5f}, 1)
            .node("Gemm", List.of("h", "w", "b"), "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the bias 'b' of its last layer has shape [1], not one number for each of 3 outputs"
            + ERASE);
  }

  @Test
  void a_weight_tensor_that_is_multiplied_with_zero_is_refused() {
    SmallModel small =
        network()
            .raw("w", SmallModel.WEIGHTS, 3, 3)
            .raw("b", SmallModel.BIAS, 3)
            .node("Gemm", List.of("h", "w", "b"), "z", attribute("alpha", 0f));
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "the weight tensor 'w' of its last layer is no matrix, or is multiplied with 0" + ERASE);
  }

  @Test
  void features_that_are_not_one_run_a_row_are_refused() {
    SmallModel small = network();
    String all = small.builder.reshape("h", 1, -1, 3);
    small
        .raw("w", SmallModel.WEIGHTS, 3, 3)
        .node("MatMul", List.of(all, "w"), "product")
        .then("Identity", small.builder.reshape("product", -1, 3), "z");
    softmax(small).write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "MatMul 'node/product' was found, but what it reads is not 3 features a row" + ERASE);
  }

  @Test
  void a_label_that_goes_around_the_head_is_refused() {
    SmallModel small = network().dense("h", "z", 3).dense("h", "other", 3);
    softmax(small)
        .then("ArgMax", "other", "label", attribute("axis", 1), attribute("keepdims", 0))
        .output("label", ElementType.INT64)
        .write(model, 13, 0);

    assertNoHead(
        TENSOR,
        "its output 'label' is not computed from Gemm 'node/z' alone, and would not follow it"
            + ERASE);
  }

  @Test
  void a_layer_that_does_not_give_the_models_answers_is_refused() {
    // A softmax down the rows of a batch is no softmax of the layer's outputs.
    SmallModel small = network().dense("h", "z", 3);
    small
        .then("Softmax", "z", "s", attribute("axis", 0))
        .output("logits", ElementType.FLOAT, 3)
        .then("Identity", "s", "logits")
        .write(model, 13, 0);

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR))
        .isInstanceOf(OnnxException.class)
        .hasMessageMatching(
            "The model '.*model.onnx' has no head that can be edited: Gemm 'node/z' was found, but"
                + " it gives row 0 probability 0\\.\\d{6} of class '0' where the model answers"
                + " 0\\.\\d{6}; use erase, which needs the answers only\\.");
  }

  @Test
  void a_row_without_an_answer_has_no_features() {
    softmax(network().dense("h", "z", 3)).write(model, 13, 0);
    Table rows =
        Table.of(
            List.of(
                new NumericColumn("a", new double[] {1, 2}),
                new NumericColumn("b", new double[] {1, Double.NaN}),
                new NumericColumn("c", new double[] {1, 2})));

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      assertThat(headed.features(rows.slice(0, 0))).isEmpty();
      assertThatThrownBy(() -> headed.features(rows))
          .isInstanceOf(OnnxException.class)
          .hasMessage(
              "The model's output 'probabilities' is NaN for class '0' in row 1, where b is"
                  + " missing.");
    }
  }
}
