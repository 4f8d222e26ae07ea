package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.Headless.TURNED;
import static org.evenhand.onnx.Headless.assertHead;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.softmax;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnknownFieldSet;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenhand.core.Head;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A last layer is read in every way in which exporters write one. */
class HeadDialectsTest {
  private final Path folder;

  HeadDialectsTest(@TempDir Path folder) {
    this.folder = folder;
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

    Head head = assertHead(softmax(small), 13, 0, folder);

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
            .node("Gemm", List.of("h", "w", "b"), "z", attribute("transB", 1));

    assertThat(assertHead(softmax(small), opset, 0, folder).layer().weights())
        .containsExactly(SmallModel.WEIGHTS);
  }
}
