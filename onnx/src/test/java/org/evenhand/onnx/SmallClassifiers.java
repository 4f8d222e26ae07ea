package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Small models, rows for them, and what is expected of the classifier that asks them. */
final class SmallClassifiers {
  /** The one tensor of three columns that most of them read. */
  static final OnnxOptions TENSOR = OnnxOptions.of(tensor());

  private SmallClassifiers() {}

  static ModelContract tensor() {
    return ModelContract.none().withFeatures(List.of("a", "b", "c"));
  }

  static Table numbers(double... ofColumnA) {
    return Table.of(
        List.of(
            new NumericColumn("a", ofColumnA),
            new NumericColumn("b", new double[ofColumnA.length]),
            new NumericColumn("c", new double[ofColumnA.length])));
  }

  static Table columnsOf(double a, String d) {
    return Table.of(
        List.of(
            new NumericColumn("a", new double[] {a}),
            new NumericColumn("b", new double[1]),
            new NumericColumn("c", new double[1]),
            TextColumn.of("d", List.of(d))));
  }

  /** Column a of the given type, b and c floats, and a text d that an encoder reads. */
  static void columns(Path path, ElementType type) {
    SmallModel small =
        new SmallModel()
            .input("a", type, 1)
            .input("b", ElementType.FLOAT, 1)
            .input("c", ElementType.FLOAT)
            .input("d", ElementType.STRING, 1)
            .output("score", ElementType.FLOAT, 1);
    GraphBuilder builder = small.builder;
    builder.mlNode(
        "OneHotEncoder",
        "colours",
        List.of(builder.node("Identity", "d2", List.of("d"))),
        attribute("cats_strings", List.of("red", "blue")),
        attribute("zeros", 1));
    builder.addNamed(
        "",
        "Concat",
        "x",
        List.of(builder.cast("a", ElementType.FLOAT), "b", builder.reshape("c", -1, 1)),
        attribute("axis", 1));
    small.dense("x", "z", 1).then("Sigmoid", "z", "score").write(path, 13, 1);
  }

  /** A model whose only answer is a label. */
  static void argMaxOnly(Path path) {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 3)
        .then("ArgMax", "z", "label", attribute("axis", 1), attribute("keepdims", 0))
        .output("label", ElementType.INT64)
        .write(path, 13, 0);
  }

  static double[] probabilities(Path path, OnnxOptions options, Table rows) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      double[] logs = ((Answers.Soft) model.answer(rows)).logProbabilities();
      return Arrays.stream(logs).map(Math::exp).toArray();
    }
  }

  static void assertDescription(Path path, OnnxOptions options, String description) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      assertThat(model.describe()).isEqualTo(description);
    }
  }

  static void assertNotOpened(Path path, OnnxOptions options, String message, Setting... helpful) {
    assertThatThrownBy(() -> OnnxClassifier.open(path, options).close())
        .isInstanceOfSatisfying(
            EvenhandException.class, e -> assertThat(e.settings()).containsExactly(helpful))
        .hasMessage(message);
  }

  static void assertNotAnswered(Path path, OnnxOptions options, Table rows, String message) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      assertThatThrownBy(() -> model.answer(rows))
          .isInstanceOf(EvenhandException.class)
          .hasMessage(message);
    }
  }
}
