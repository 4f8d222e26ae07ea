package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;
import static org.evenhand.onnx.SmallClassifiers.assertNotOpened;
import static org.evenhand.onnx.SmallClassifiers.columns;
import static org.evenhand.onnx.SmallClassifiers.columnsOf;
import static org.evenhand.onnx.SmallClassifiers.numbers;
import static org.evenhand.onnx.SmallClassifiers.probabilities;
import static org.evenhand.onnx.SmallClassifiers.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rows are put before a model. */
class OnnxClassifierTest {
  private final Path path;

  OnnxClassifierTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  private void fixedBatch(int rows) {
    SmallModel small = new SmallModel().input("x", ElementType.FLOAT, 3).dense("x", "logits", 3);
    small
        .graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(rows);
    small.output("logits", ElementType.FLOAT, 3).write(path, 13, 0);
  }

  @Test
  void a_model_exported_for_single_rows_is_asked_row_by_row() {
    fixedBatch(1);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.answer(numbers(9, -9, 9)).decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(0, 1, 0);
    }
  }

  @Test
  void a_model_exported_for_another_number_of_rows_is_refused() {
    fixedBatch(32);

    assertNotOpened(
        path,
        TENSOR,
        "The model '%s' answers exactly 32 rows at a time; export it with an open batch dimension."
            .formatted(path));
  }

  @Test
  void a_single_row_is_answered_as_among_others_by_a_plain_product_too() {
    SmallModel small = new SmallModel().input("x", ElementType.FLOAT, 3);
    GraphBuilder builder = small.builder;
    Random random = new Random(2);
    float[] wide = new float[3 * 64];
    float[] narrow = new float[64 * 2];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) random.nextGaussian();
    }
    String hidden =
        builder.node("MatMul", "hidden", List.of("x", builder.constant("w1", wide, 3, 64)));
    builder.addNamed(
        "", "MatMul", "logits", List.of(hidden, builder.constant("w2", narrow, 64, 2)));
    small.output("logits", ElementType.FLOAT, 2).write(path, 13, 0);
    Table rows = numbers(random.doubles(50).toArray());

    assertThat(probabilities(path, OnnxOptions.of(tensor()).withBatchSize(1), rows))
        .isEqualTo(probabilities(path, TENSOR, rows));
  }

  @Test
  void no_rows_have_no_answers() {
    columns(path, ElementType.FLOAT);
    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.answer(columnsOf(1, "red").select(new int[0])).rows()).isZero();
    }
  }

  @Test
  void batch_size_and_threads_are_at_least_one() {
    assertThatThrownBy(() -> OnnxOptions.defaults().withBatchSize(0))
        .isInstanceOf(OnnxException.class)
        .hasMessage("The batch size is 0; it must be at least 1.");
    assertThatThrownBy(() -> OnnxOptions.defaults().withThreads(0))
        .isInstanceOf(OnnxException.class)
        .hasMessage("The number of threads is 0; it must be at least 1.");
  }
}
