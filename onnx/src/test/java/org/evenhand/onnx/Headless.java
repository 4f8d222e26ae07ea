package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.evenhand.core.Column;
import org.evenhand.core.Head;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;

/** A small network that lacks its head, and rows for it. */
final class Headless {
  static final List<String> COLUMNS = List.of("a", "b", "c");
  static final OnnxOptions TENSOR = OnnxOptions.of(ModelContract.none().withFeatures(COLUMNS));

  /** {@link SmallModel#WEIGHTS}, inputs × outputs. */
  static final float[] TURNED = {0.9f, -0.7f, 0.1f, -0.4f, 0.3f, 0.6f, 0.2f, 0.5f, -0.8f};

  private static final int ROWS = 50;

  private Headless() {}

  static Table rows() {
    Random random = new Random(5);
    List<Column> columns = new ArrayList<>();
    for (String name : Headless.COLUMNS) {
      columns.add(new NumericColumn(name, random.doubles(ROWS, -2, 2).toArray()));
    }
    return Table.of(columns);
  }

  /** A model whose head reads {@code h}, the hyperbolic tangents of three numbers. */
  static SmallModel network() {
    return new SmallModel().input("x", ElementType.FLOAT, 3).then("Tanh", "x", "h");
  }

  /** Three logits {@code z} as the model's probabilities. */
  static SmallModel softmax(SmallModel small) {
    return small
        .then("Softmax", "z", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3);
  }

  /** The head of a model, once all is right with it. */
  static Head assertHead(SmallModel small, int opset, int mlVersion, Path folder) {
    Path model = small.write(folder.resolve("model.onnx"), opset, mlVersion);
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      HeadAssert.assertHeadIsTheModels(headed, TENSOR, rows(), folder.resolve("repaired.onnx"));
      return headed.head();
    }
  }
}
