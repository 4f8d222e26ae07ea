package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.softmax;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many dense layers end a model, which bounds what can be asked for. */
class HeadLayersTest {
  private final Path model;

  HeadLayersTest(@TempDir Path folder) {
    this.model = folder.resolve("model.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Tanh", "Sigmoid", "Identity", "gelu"})
  void layers_at_the_end_are_counted_through_activations(String activation) {
    SmallModel small = network();
    small.dense("h", "first", 3);
    if (activation.equals("gelu")) {
      gelu(small, "first", "between");
    } else {
      small.then(activation, "first", "between");
    }
    softmax(small.dense("between", "z", 3)).write(model, 13, 0);

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR, 3))
        .hasMessage(
            "The head is asked for with 3 layers, but the model '%s' ends in 2 dense layers."
                .formatted(model));
    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR, 2))
        .hasMessage(
            "The head is asked for with 2 layers, but only the last layer can be edited yet; ask for 1.");
  }

  /** x · (erf(x/√2) + 1) · ½, as PyTorch writes it for operator sets before 20. */
  private static void gelu(SmallModel small, String x, String y) {
    small
        .raw("root", new float[] {1.4142135f})
        .raw("one", new float[] {1})
        .raw("half", new float[] {0.5f})
        .node("Div", List.of(x, "root"), "gelu/1")
        .then("Erf", "gelu/1", "gelu/2")
        .node("Add", List.of("gelu/2", "one"), "gelu/3")
        .node("Mul", List.of(x, "gelu/3"), "gelu/4")
        .node("Mul", List.of("gelu/4", "half"), y);
  }

  @Test
  void a_residual_connection_ends_the_count() {
    SmallModel small = network().dense("h", "first", 3).dense("first", "second", 3);
    small.node("Add", List.of("first", "second"), "sum");
    softmax(small.dense("sum", "z", 3)).write(model, 13, 0);

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR, 2))
        .hasMessage(
            "The head is asked for with 2 layers, but the model '%s' ends in 1 dense layer."
                .formatted(model));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void at_least_one_layer_is_edited(int layers) {
    softmax(network().dense("h", "z", 3)).write(model, 13, 0);

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR, layers))
        .hasMessage(
            "The head is asked for with %d layers; it must have at least 1.".formatted(layers));
  }
}
