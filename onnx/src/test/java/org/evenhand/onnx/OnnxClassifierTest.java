package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxClassifierTest {
  private static final OnnxOptions TENSOR =
      OnnxOptions.builder().features(List.of("a", "b", "c")).build();

  private final Path path;

  OnnxClassifierTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  private static Table numbers(double... ofColumnA) {
    return Table.of(
        List.of(
            new NumericColumn("a", ofColumnA),
            new NumericColumn("b", new double[ofColumnA.length]),
            new NumericColumn("c", new double[ofColumnA.length])));
  }

  private OnnxOptions.Builder tensor() {
    return OnnxOptions.builder().features(List.of("a", "b", "c"));
  }

  private double[] probabilities(OnnxOptions options, Table rows) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      double[] logs = ((Answers.Soft) model.answer(rows)).logProbabilities();
      return Arrays.stream(logs).map(Math::exp).toArray();
    }
  }

  private void assertDescription(OnnxOptions options, String description) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      assertThat(model.describe()).isEqualTo(description);
    }
  }

  private void assertNotOpened(OnnxOptions options, String message) {
    assertThatThrownBy(() -> OnnxClassifier.open(path, options).close())
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private void assertNotAnswered(OnnxOptions options, Table rows, String message) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      assertThatThrownBy(() -> model.answer(rows))
          .isInstanceOf(EvenhandException.class)
          .hasMessage(message);
    }
  }

  @Test
  void logits_are_read_where_they_agree_with_the_probabilities() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .output("logits", ElementType.FLOAT, 3)
        .write(path, 13, 0);

    assertDescription(
        TENSOR,
        "Answers are read from output 'logits' (logits, one column a class), which agrees with"
            + " 'probabilities'; classes 0, 1, 2 (numbered, since the model names none).");
  }

  @Test
  void probabilities_are_read_where_the_logits_tell_something_else() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Neg", "logits", "calibrated")
        .then("Softmax", "calibrated", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .output("logits", ElementType.FLOAT, 3)
        .write(path, 13, 0);

    assertDescription(
        tensor().classes(List.of("low", "middle", "high")).build(),
        "Answers are read from output 'probabilities' (probabilities, one column a class); classes"
            + " low, middle, high (from --classes).");
  }

  @Test
  void an_output_named_by_the_user_is_read() {
    twoHeads();

    assertDescription(
        tensor().output("second").build(),
        "Answers are read from output 'second' (probabilities, one column a class); classes 0, 1"
            + " (numbered, since the model names none).");
  }

  private void twoHeads() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z1", 3)
        .then("Softmax", "z1", "first", attribute("axis", 1))
        .dense("x", "z2", 2)
        .then("Softmax", "z2", "second", attribute("axis", 1))
        .output("first", ElementType.FLOAT, 3)
        .output("second", ElementType.FLOAT, 2)
        .write(path, 13, 0);
  }

  @Test
  void two_possible_answers_must_be_chosen_between() {
    twoHeads();

    assertNotOpened(
        TENSOR,
        "The outputs 'first' and 'second' could each be the model's answer; choose one with"
            + " --output.");
    assertNotOpened(
        tensor().output("third").build(),
        "The model has no output 'third' with values for each row; its outputs are first, second.");
  }

  @Test
  void one_sigmoid_is_the_probability_of_the_second_class() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 1)
        .then("Sigmoid", "z", "score")
        .output("score", ElementType.FLOAT, 1)
        .write(path, 13, 0);

    // z = 0.9 a + 0.1 of SmallModel's first class.
    double second = 1 / (1 + Math.exp(-(0.9 * 2 + 0.1)));
    assertThat(probabilities(TENSOR, numbers(2)))
        .containsExactly(new double[] {1 - second, second}, within(1e-6));
  }

  @Test
  void independent_sigmoids_are_normalised_once_declared() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 2)
        .then("Sigmoid", "z", "scores")
        .output("scores", ElementType.FLOAT, 2)
        .write(path, 13, 0);

    // At zero the logits are SmallModel's biases, 0.1 and -0.2.
    double first = 1 / (1 + Math.exp(-0.1));
    double second = 1 / (1 + Math.exp(0.2));
    assertThat(probabilities(tensor().output("sigmoid").build(), numbers(0)))
        .containsExactly(
            new double[] {first / (first + second), second / (first + second)}, within(1e-6));
    assertNotOpened(
        TENSOR,
        "None of the model's outputs (scores) holds probabilities that sum to 1, logits or labels;"
            + " name the output with --output, or declare independent sigmoids with --output"
            + " sigmoid.");
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 11, 13, 18})
  void maps_are_read_in_the_order_of_the_models_labels(int opset) {
    var labels = attribute("classlabels_strings", List.of("no", "maybe", "a yes"));
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier("x", "label", "scores", labels)
        .output("label", ElementType.STRING)
        .zipMap("scores", "maps", labels)
        .write(path, opset, 1);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.classes()).isEqualTo(Classes.of("no", "maybe", "a yes"));
      // The first class has the largest weight of a, the second the smallest.
      assertThat(model.answer(numbers(9, -9)).decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(0, 1);
    }
  }

  @Test
  void a_model_of_labels_only_gives_hard_answers() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "label", "scores", attribute("classlabels_ints", new long[] {5, 7, 9}))
        .output("label", ElementType.INT64)
        .write(path, 13, 1);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.hasScores()).isFalse();
      assertThat(model.classes()).isEqualTo(Classes.of("5", "7", "9"));
      assertThat(model.answer(numbers(9, -9)))
          .isInstanceOfSatisfying(
              Answers.Hard.class, hard -> assertThat(hard.labels()).containsExactly(0, 1));
    }
  }

  private void argMaxOnly() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 3)
        .then("ArgMax", "z", "label", attribute("axis", 1), attribute("keepdims", 0))
        .output("label", ElementType.INT64)
        .write(path, 13, 0);
  }

  @Test
  void labels_without_a_list_of_classes_need_one() {
    argMaxOnly();

    assertNotOpened(
        TENSOR,
        "The model's only answer is the label 'label', and it does not list its classes; name them"
            + " with --classes.");
    assertNotAnswered(
        tensor().classes(List.of("low", "high")).build(),
        Table.of(
            List.of(
                new NumericColumn("a", new double[] {9, 0}),
                new NumericColumn("b", new double[] {0, 9}),
                new NumericColumn("c", new double[] {0, 0}))),
        "The model answers label '2' in row 1, which is none of the classes 0, 1.");
  }

  @Test
  void the_models_own_class_labels_cannot_be_renamed() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "label", "scores", attribute("classlabels_ints", new long[] {5, 7, 9}))
        .output("scores", ElementType.FLOAT, 3)
        .write(path, 13, 1);

    assertNotOpened(
        tensor().classes(List.of("7", "5", "9")).build(),
        "--classes says 7, 5, 9, but the model's own class labels are 5, 7, 9; leave --classes"
            + " out.");
  }

  @Test
  void the_number_of_classes_must_be_the_models() {
    twoHeads();

    assertNotOpened(
        tensor().output("first").classes(List.of("no", "yes")).build(),
        "--classes names 2 classes, but the model has scores for 3.");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT,NUMBER", "DOUBLE,NUMBER", "INT64,NUMBER", "INT32,NUMBER", "BOOL,NUMBER"})
  void every_numeric_type_is_filled_from_numbers(ElementType type, InputColumn.Kind kind) {
    columns(type);

    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.inputs().get(0)).isEqualTo(new InputColumn("a", kind));
      assertThat(model.inputs().get(3)).isEqualTo(new InputColumn("d", InputColumn.Kind.TEXT));
      double[] one = model.rawOutput("score", columnsOf(1, "red"));
      // z = 0.9 a + 0.1 of SmallModel's first class.
      assertThat(one).containsExactly(new double[] {1 / (1 + Math.exp(-1.0))}, within(1e-6));
    }
  }

  /** Column a of the given type, b and c floats, and a text d that an encoder reads. */
  private void columns(ElementType type) {
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

  private static Table columnsOf(double a, String d) {
    return Table.of(
        List.of(
            new NumericColumn("a", new double[] {a}),
            new NumericColumn("b", new double[1]),
            new NumericColumn("c", new double[1]),
            TextColumn.of("d", List.of(d))));
  }

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() {
    columns(ElementType.FLOAT);

    assertNotAnswered(
        OnnxOptions.defaults(),
        numbers(1),
        "The model reads column 'd', but the table has only a, b, c.");
  }

  @Test
  void text_where_the_model_reads_numbers_is_refused_and_the_reverse() {
    columns(ElementType.FLOAT);

    assertNotAnswered(
        OnnxOptions.defaults(),
        Table.of(List.of(TextColumn.of("a", List.of("1")))),
        "Column 'a' holds text, but the model reads numbers from it.");
    assertNotAnswered(
        OnnxOptions.defaults(),
        Table.of(
            List.of(
                new NumericColumn("a", new double[1]),
                new NumericColumn("b", new double[1]),
                new NumericColumn("c", new double[1]),
                new NumericColumn("d", new double[1]))),
        "Column 'd' holds numbers, but the model reads text from it; read it as text.");
  }

  @Test
  void whole_number_inputs_take_no_missing_and_no_broken_number() {
    columns(ElementType.INT64);

    assertNotAnswered(
        OnnxOptions.defaults(),
        columnsOf(Double.NaN, "red"),
        "Column 'a' has a missing value in row 0, but the model's input 'a' takes whole numbers"
            + " (int64) only.");
    assertNotAnswered(
        OnnxOptions.defaults(),
        columnsOf(1.5, "red"),
        "Column 'a' has 1.5 in row 0, but the model's input 'a' takes whole numbers (int64) only.");
  }

  @Test
  void nan_in_an_answer_is_an_error_that_names_the_row_and_what_is_missing_there() {
    columns(ElementType.FLOAT);

    assertNotAnswered(
        OnnxOptions.defaults(),
        columnsOf(Double.NaN, "red"),
        "The model's output 'score' is NaN for class '0' in row 0, where a is missing.");
  }

  @Test
  void unknown_categories_are_counted_and_with_strict_refused() {
    columns(ElementType.FLOAT);
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
        OnnxOptions.builder().strict(true).build(),
        rows,
        "Column 'd' holds categories that the model's encoder does not know, in 3 rows: 'green',"
            + " ''. Correct them, or allow them by leaving out --strict.");
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
    argMaxOnly();

    assertNotOpened(
        OnnxOptions.builder().features(List.of("a", "b")).build(),
        "The model's input 'x' takes 3 values a row, but --features names 2 columns.");
    assertNotOpened(
        OnnxOptions.defaults(),
        "The model's input 'x' takes 3 values a row; name its columns in order with --features.");
  }

  @Test
  void features_are_refused_for_a_model_with_one_input_a_column() {
    columns(ElementType.FLOAT);

    assertNotOpened(
        TENSOR,
        "--features names the columns of a model's only input, but this model has 4 inputs: a, b,"
            + " c, d.");
  }

  @Test
  void a_network_from_image_to_image_is_no_classifier() {
    new SmallModel()
        .input("image", ElementType.FLOAT, 3, 8, 8)
        .output("out", ElementType.FLOAT, 3, 8, 8)
        .then("Relu", "image", "out")
        .write(path, 13, 0);

    assertNotOpened(
        OnnxOptions.defaults(),
        "None of the model's outputs (out) holds probabilities that sum to 1, logits or labels; name"
            + " the output with --output, or declare independent sigmoids with --output sigmoid.");
  }

  @Test
  void a_model_that_predicts_an_amount_is_no_classifier() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 1)
        .then("Exp", "z", "amount")
        .output("amount", ElementType.FLOAT, 1)
        .write(path, 13, 0);

    assertNotOpened(
        TENSOR,
        "None of the model's outputs (amount) holds probabilities that sum to 1, logits or labels;"
            + " name the output with --output, or declare independent sigmoids with --output"
            + " sigmoid.");
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

    assertThat(probabilities(tensor().batchSize(1).build(), rows))
        .isEqualTo(probabilities(TENSOR, rows));
  }

  @Test
  void no_rows_have_no_answers() {
    columns(ElementType.FLOAT);
    try (OnnxClassifier model = OnnxClassifier.open(path)) {
      assertThat(model.answer(columnsOf(1, "red").select(new int[0])).rows()).isZero();
    }
  }

  @Test
  void batch_size_and_threads_are_at_least_one() {
    assertThatThrownBy(() -> OnnxOptions.builder().batchSize(0).build())
        .isInstanceOf(OnnxException.class)
        .hasMessage("The batch size is 0; it must be at least 1.");
    assertThatThrownBy(() -> OnnxOptions.builder().threads(0).build())
        .isInstanceOf(OnnxException.class)
        .hasMessage("The number of threads is 0; it must be at least 1.");
  }
}
