package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;
import static org.evenhand.onnx.SmallClassifiers.argMaxOnly;
import static org.evenhand.onnx.SmallClassifiers.assertNotAnswered;
import static org.evenhand.onnx.SmallClassifiers.assertNotOpened;
import static org.evenhand.onnx.SmallClassifiers.columns;
import static org.evenhand.onnx.SmallClassifiers.columnsOf;
import static org.evenhand.onnx.SmallClassifiers.numbers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a model's inputs are filled from the columns of a table. */
class InputColumnsTest {
  private final Path path;

  InputColumnsTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT,NUMBER", "DOUBLE,NUMBER", "INT64,NUMBER", "INT32,NUMBER", "BOOL,NUMBER"})
  void every_numeric_type_is_filled_from_numbers(ElementType type, InputColumn.Kind kind) {
    columns(path, type);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.inputs().get(0)).isEqualTo(new InputColumn("a", kind));
      assertThat(model.inputs().get(3)).isEqualTo(new InputColumn("d", InputColumn.Kind.TEXT));
      double[] one = model.rawOutput("score", columnsOf(1, "red"));
      // z = 0.9 a + 0.1 of SmallModel's first class.
      assertThat(one).containsExactly(new double[] {1 / (1 + Math.exp(-1.0))}, within(1e-6));
    }
  }

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() {
    columns(path, ElementType.FLOAT);

    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        numbers(1),
        "The model reads column 'd', but the table has only a, b, c.");
  }

  @Test
  void text_where_the_model_reads_numbers_is_refused_and_the_reverse() {
    columns(path, ElementType.FLOAT);

    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        Table.of(List.of(TextColumn.of("a", List.of("1")))),
        "Column 'a' holds text, but the model reads numbers from it; read the table by the model's inputs, as Tables.read(file, model.inputs()) does.");
    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        Table.of(
            List.of(
                new NumericColumn("a", new double[1]),
                new NumericColumn("b", new double[1]),
                new NumericColumn("c", new double[1]),
                new NumericColumn("d", new double[1]))),
        "Column 'd' holds numbers, but the model reads text from it; read the table by the model's inputs, as Tables.read(file, model.inputs()) does.");
  }

  @Test
  void whole_number_inputs_take_no_missing_and_no_broken_number() {
    columns(path, ElementType.INT64);

    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        columnsOf(Double.NaN, "red"),
        "Column 'a' has a missing value in row 0, but the model's input 'a' takes whole numbers"
            + " (int64) only.");
    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        columnsOf(1.5, "red"),
        "Column 'a' has 1.5 in row 0, but the model's input 'a' takes whole numbers (int64) only.");
  }

  @Test
  void nan_in_an_answer_is_an_error_that_names_the_row_and_what_is_missing_there() {
    columns(path, ElementType.FLOAT);

    assertNotAnswered(
        path,
        OnnxOptions.defaults(),
        columnsOf(Double.NaN, "red"),
        "The model's output 'score' is NaN for class '0' in row 0, where a is missing.");
  }

  /** The encoder knows the text, and yet ONNX Runtime's Java binding does not find it. */
  @Test
  void texts_that_the_runtime_changes_are_counted_and_with_strict_refused() {
    SmallModel small =
        new SmallModel()
            .input("a", ElementType.FLOAT, 3)
            .input("mood", ElementType.STRING, 1)
            .output("score", ElementType.FLOAT, 1);
    small.builder.mlNode(
        "OneHotEncoder",
        "moods",
        List.of("mood"),
        attribute("cats_strings", List.of("\uD83D\uDE00", "caf\u00E9")),
        attribute("zeros", 1));
    small.dense("a", "z", 1).then("Sigmoid", "z", "score").write(path, 13, 1);
    Table rows =
        Table.of(
            List.of(
                new NumericColumn("x", new double[3]),
                new NumericColumn("y", new double[3]),
                new NumericColumn("z", new double[3]),
                TextColumn.of("mood", List.of("caf\u00E9", "\uD83D\uDE00", "\uD83D\uDE00"))));
    ModelContract contract = ModelContract.none().withFeatures(Map.of("a", List.of("x", "y", "z")));
    String message =
        "Column 'mood' holds characters beyond U+FFFF, or U+0000, in 2 rows: '\uD83D\uDE00'. ONNX"
            + " Runtime's Java binding changes them, so that no category of the model is met.";

    try (OnnxClassifier model = OnnxClassifier.open(path, OnnxOptions.of(contract))) {
      assertThat(model.warnings(rows)).containsExactly(message);
    }
    assertNotAnswered(
        path,
        OnnxOptions.of(contract).withStrict(true),
        rows,
        message + " Correct them, or do not be strict about them.");
  }

  @Test
  void unknown_categories_are_counted_and_with_strict_refused() {
    columns(path, ElementType.FLOAT);
    Table rows =
        Table.of(
            List.of(
                new NumericColumn("a", new double[4]),
                new NumericColumn("b", new double[4]),
                new NumericColumn("c", new double[4]),
                TextColumn.of("d", List.of("green", "red", "", "green"))));

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.unknownCategories(rows))
          .containsExactly(new UnknownCategories("d", 3, List.of("green", "")));
      assertThat(model.answer(rows).rows()).isEqualTo(4);
    }
    assertNotAnswered(
        path,
        OnnxOptions.defaults().withStrict(true),
        rows,
        "Column 'd' holds categories that the model's encoder does not know, in 3 rows: 'green', ''. Correct them, or do not be strict about them.");
  }

  @Test
  void categories_are_found_behind_joined_and_picked_columns() {
    SmallModel small =
        new SmallModel()
            .input("d", ElementType.STRING, 1)
            .input("e", ElementType.STRING, 1)
            .output("logits", ElementType.FLOAT, 3);
    GraphBuilder builder = small.builder;
    String both = builder.node("Concat", "both", List.of("d", "e"), attribute("axis", 1));
    String second =
        builder.mlNode(
            "ArrayFeatureExtractor",
            "second",
            List.of(both, builder.constant("index", new long[] {1})));
    String encoded =
        builder.mlNode(
            "OneHotEncoder",
            "encoded",
            List.of(second),
            attribute("cats_strings", List.of("x", "y", "z")));
    small.dense(builder.reshape(encoded, -1, 3), "logits", 3).write(path, 13, 1);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      Table rows =
          Table.of(List.of(TextColumn.of("d", List.of("q")), TextColumn.of("e", List.of("q"))));
      assertThat(model.unknownCategories(rows))
          .containsExactly(new UnknownCategories("e", 1, List.of("q")));
    }
  }

  @Test
  void features_must_fit_the_only_input() {
    argMaxOnly(path);

    assertNotOpened(
        path,
        OnnxOptions.of(ModelContract.none().withFeatures(List.of("a", "b"))),
        "The model's input 'x' takes 3 values per row, but 2 columns are named for it.",
        Setting.FEATURES);
    assertNotOpened(
        path,
        OnnxOptions.defaults(),
        "The model's input 'x' takes 3 values per row; name its columns in order.",
        Setting.FEATURES);
  }

  @Test
  void features_are_refused_for_a_model_with_one_input_a_column() {
    columns(path, ElementType.FLOAT);

    assertNotOpened(
        path,
        TENSOR,
        "3 columns are named as those of the model's only input, but this model has 4 inputs: a, b, c, d.",
        Setting.FEATURES);
  }
}
