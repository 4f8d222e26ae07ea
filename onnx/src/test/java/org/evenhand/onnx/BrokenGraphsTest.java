package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.SmallClassifiers.assertNotOpened;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.InputColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that no exporter writes end with one sentence, or with an answer. */
class BrokenGraphsTest {
  private final Path path;

  BrokenGraphsTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  /** A model of a text and a number, which only reads the number. */
  private static SmallModel sound() {
    return new SmallModel()
        .input("text", ElementType.STRING, 1)
        .input("x", ElementType.FLOAT, 1)
        .then("Sigmoid", "x", "score")
        .output("score", ElementType.FLOAT, 1);
  }

  private void with(NodeProto.Builder node) {
    SmallModel broken = sound();
    broken.graph.addNode(0, node);
    broken.write(path, 13, 1);
  }

  private static NodeProto.Builder node(String operator, String... inputs) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs));
  }

  /** ONNX Runtime's reason, on one line and without the places in its source. */
  private void assertRefused(String start) {
    assertThatThrownBy(() -> OnnxClassifier.open(path).close())
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith(start.formatted(path))
        .hasMessageEndingWith(").")
        .hasMessageNotContainingAny("\n", ".cc:", ".h:", "Error code");
  }

  private void assertNotLoaded() {
    assertRefused("ONNX Runtime cannot load the model '%s' (");
  }

  private void assertAnswers() {
    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.inputs()).extracting(InputColumn::name).containsExactly("text", "x");
    }
  }

  @Test
  void an_output_that_nothing_computes() {
    sound().output("nothing", ElementType.FLOAT, 1).write(path, 13, 1);

    assertNotLoaded();
  }

  @Test
  void a_constant_without_an_output() {
    with(node("Constant"));

    assertNotLoaded();
  }

  /** ONNX Runtime drops them. */
  @ParameterizedTest
  @ValueSource(strings = {"Gather", "Concat", "Identity", "LabelEncoder"})
  void a_node_that_neither_reads_nor_gives_anything(String operator) {
    with(node(operator));

    assertAnswers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gather", "Concat", "Split"})
  void a_node_that_reads_a_text_and_gives_nothing(String operator) {
    with(node(operator, "text"));

    assertNotLoaded();
  }

  @Test
  void a_gather_that_is_not_told_what_to_pick() {
    with(node("Gather", "text").addOutput("picked"));

    assertNotLoaded();
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 1L << 40, Long.MIN_VALUE})
  void a_gather_that_picks_a_column_that_there_is_not(long position) {
    SmallModel broken = sound();
    String index = broken.builder.constant("index", new long[] {position});
    broken.node("Gather", List.of("text", index), "picked", attribute("axis", 1));
    broken.write(path, 13, 1);

    assertRefused("The model '%s' failed on rows 0 to 3 (");
  }

  @Test
  void a_dimension_that_does_not_fit() {
    SmallModel broken = new SmallModel().then("Identity", "x", "y");
    broken.graph.addInput(GraphBuilder.tensor("x", ElementType.FLOAT, "N", 3, 4, 4));
    broken
        .graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(2)
        .setDimValue((1L << 32) + 4);
    broken.output("y", ElementType.FLOAT).write(path, 13, 0);

    assertNotOpened(
        path,
        OnnxOptions.defaults(),
        "The model's input 'x' declares a dimension of 4294967300, which is more than can be held;"
            + " export the model again.");
  }

  @ParameterizedTest
  @CsvSource({"65536,65536,12884901888", "2147483647,2147483647,13835058042397262000"})
  void images_whose_size_overflows(int height, int width, String size) {
    new SmallModel()
        .input("image", ElementType.FLOAT, 3, height, width)
        .then("Identity", "image", "y")
        .output("y", ElementType.FLOAT)
        .write(path, 13, 0);

    assertNotOpened(
        path,
        OnnxOptions.defaults(),
        "The model's input 'image' takes %s numbers per row, more than 201326592; export the model again."
            .formatted(size));
  }
}
