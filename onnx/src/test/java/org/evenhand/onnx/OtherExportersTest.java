package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;
import static org.evenhand.onnx.SmallClassifiers.assertDescription;
import static org.evenhand.onnx.SmallClassifiers.assertNotOpened;
import static org.evenhand.onnx.SmallClassifiers.numbers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelAgreement;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialects of exporters: what is an answer, and what its label says. */
class OtherExportersTest {
  private final Path path;

  OtherExportersTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  /** As ML.NET writes: a score, a Boolean label, and inputs that are handed on. */
  private void mlNet() {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.FLOAT, 3)
            .dense("x", "Score", 1)
            .then("Identity", "x", "x.output")
            .then("Identity", "Score", "Score.output")
            .output("x.output", ElementType.FLOAT, 3)
            .output("Score.output", ElementType.FLOAT, 1);
    small.builder.addNamed(
        GraphBuilder.ML_DOMAIN, "Binarizer", "bin", List.of("Score"), attribute("threshold", 0f));
    small
        .then("Cast", "bin", "PredictedLabel.output", attribute("to", ElementType.BOOL.code()))
        .output("PredictedLabel.output", ElementType.BOOL, 1)
        .write(path, 13, 1);
  }

  @Test
  void an_input_that_is_handed_on_is_no_answer_and_a_score_is_confirmed_by_a_boolean_label() {
    mlNet();

    assertDescription(
        path,
        TENSOR,
        "Answers are read from output 'Score.output' (logits, of the second class); classes 0, 1"
            + " (numbered, since the model names none).");
    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      Answers answers = model.answer(numbers(9, -9));
      assertThat(answers.decisions(DecisionRule.OF_MODEL)).containsExactly(1, 0);
      assertThat(((Answers.Soft) answers).labels()).isPresent();
    }
  }

  /** As ML.NET lists the label among the inputs. */
  @Test
  void an_input_that_is_only_handed_on_need_not_be_in_the_table() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .input("Label", ElementType.BOOL, 1)
        .dense("x", "z", 1)
        .then("Sigmoid", "z", "score")
        .then("Identity", "Label", "Label.output")
        .output("score", ElementType.FLOAT, 1)
        .output("Label.output", ElementType.BOOL, 1)
        .write(path, 13, 0);
    ModelContract contract = ModelContract.none().withFeatures(Map.of("x", List.of("a", "b", "c")));

    try (OnnxClassifier model = OnnxClassifier.open(path, OnnxOptions.of(contract))) {
      assertThat(model.answer(numbers(9, -9)).decisions(DecisionRule.OF_MODEL))
          .containsExactly(1, 0);
      assertThat(model.inputs()).extracting(InputColumn::name).contains("Label");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32", "INT16", "INT8", "UINT8"})
  void whole_numbers_of_any_size_name_classes(ElementType type) {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.FLOAT, 3)
            .dense("x", "z", 2)
            .then("Softmax", "z", "probabilities", attribute("axis", 1))
            .output("probabilities", ElementType.FLOAT, 2);
    String names =
        small.builder.cast(small.builder.constant("names", new long[] {1, 2}), ElementType.INT64);
    String typed = small.builder.cast(names, type);
    small
        .then("ArgMax", "probabilities", "best", attribute("axis", 1), attribute("keepdims", 0))
        .node("Gather", List.of(typed, "best"), "picked")
        .then("Cast", "picked", "label", attribute("to", ElementType.INT64.code()))
        .output("label", ElementType.INT64)
        .write(path, 13, 0);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.classes()).isEqualTo(Classes.of("1", "2"));
      assertThat(LabelAgreement.of((Answers.Soft) model.answer(numbers(3, -3, 0.1))).differing())
          .isZero();
    }
  }

  /** The classifier's own labels are 5 and 3, in that order; what stands behind names them. */
  private SmallModel twoClasses() {
    return new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x",
            "inner",
            "probabilities",
            new float[] {-1, 0, 0, 1, 0, 0},
            new float[2],
            "SOFTMAX",
            attribute("classlabels_ints", new long[] {5, 3}))
        .output("probabilities", ElementType.FLOAT, 2);
  }

  private void assertNamesClasses(String first, String second) {
    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.classes()).isEqualTo(Classes.of(first, second));
      Answers.Soft answers = (Answers.Soft) model.answer(numbers(3, -3, 0.1));
      assertThat(answers.decisions(DecisionRule.OF_MODEL)).containsExactly(1, 0, 1);
      assertThat(LabelAgreement.of(answers).differing()).isZero();
    }
  }

  @Test
  void an_encoder_behind_the_classifier_names_its_classes() {
    SmallModel small = twoClasses();
    small.builder.addNamed(
        GraphBuilder.ML_DOMAIN,
        "LabelEncoder",
        "label",
        List.of("inner"),
        attribute("keys_int64s", new long[] {3, 4, 5}),
        attribute("values_strings", List.of("bad", "fair", "good")));
    small.output("label", ElementType.STRING).write(path, 13, 2);

    assertNamesClasses("good", "bad");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gather", "ArrayFeatureExtractor"})
  void a_label_may_be_looked_up_in_a_list_of_names(String operator) {
    SmallModel small = twoClasses();
    String names = small.builder.constant("names", List.of("a", "b", "c", "bad", "d", "good"));
    small.builder.addNamed(
        operator.equals("Gather") ? "" : GraphBuilder.ML_DOMAIN,
        operator,
        "found",
        List.of(names, "inner"));
    small.flattened("found", "label").output("label", ElementType.STRING).write(path, 13, 2);

    assertNamesClasses("good", "bad");
  }

  @Test
  void an_encoder_of_the_most_probable_position_names_the_classes() {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.FLOAT, 3)
            .dense("x", "z", 3)
            .then("Softmax", "z", "probabilities", attribute("axis", 1))
            .output("probabilities", ElementType.FLOAT, 3)
            .then(
                "ArgMax", "probabilities", "best", attribute("axis", 1), attribute("keepdims", 0));
    small.builder.addNamed(
        GraphBuilder.ML_DOMAIN,
        "LabelEncoder",
        "label",
        List.of("best"),
        attribute("keys_int64s", new long[] {2, 1, 0}),
        attribute("values_strings", List.of("high", "mid", "low")));
    small.output("label", ElementType.STRING).write(path, 13, 2);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.classes()).isEqualTo(Classes.of("low", "mid", "high"));
    }
  }

  @Test
  void scores_with_a_dimension_of_one_are_read_as_a_matrix() {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.FLOAT, 3)
            .dense("x", "z", 2)
            .then("Softmax", "z", "p", attribute("axis", 1));
    small
        .node("Reshape", List.of("p", small.builder.constant("shape", new long[] {-1, 1, 2})), "q")
        .output("q", ElementType.FLOAT, 1, 2)
        .write(path, 13, 0);

    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      assertThat(model.answer(numbers(9, -9)).decisions(DecisionRule.OF_MODEL)).hasSize(2);
    }
  }

  private SmallModel undeclared(String... outputs) {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.FLOAT, 3)
            .dense("x", "z", 2)
            .then("Softmax", "z", "probabilities", attribute("axis", 1))
            .then("ArgMax", "z", "best", attribute("axis", 1), attribute("keepdims", 0))
            .then("Cast", "best", "label", attribute("to", ElementType.INT32.code()));
    for (String output : outputs) {
      small.graph.addOutputBuilder().setName(output);
    }
    return small;
  }

  /** The format asks for types; ONNX Runtime finds them out. */
  @Test
  void outputs_without_a_declared_type_are_answers_and_are_corrected_in_their_type() {
    undeclared("label", "probabilities").write(path, 13, 0);

    assertFuses();
  }

  private void brainFloats(String... further) {
    SmallModel small =
        new SmallModel()
            .input("x", ElementType.BFLOAT16, 3)
            .then("Cast", "x", "wide", attribute("to", ElementType.FLOAT.code()))
            .dense("wide", "z", 2)
            .then("Softmax", "z", "p", attribute("axis", 1))
            .then("Cast", "z", "logits", attribute("to", ElementType.BFLOAT16.code()))
            .then("Cast", "p", "probabilities", attribute("to", ElementType.BFLOAT16.code()));
    for (String output : further) {
      small.output(output, ElementType.BFLOAT16, 2);
    }
    small.write(path, 13, 0);
  }

  @Test
  void logits_of_16_bits_are_read_and_corrected() {
    brainFloats("logits");

    assertFuses();
  }

  @Test
  void probabilities_that_are_too_coarse_to_sum_to_one_are_refused() {
    brainFloats("probabilities");

    assertNotOpened(
        path,
        TENSOR,
        "The model's outputs (probabilities) are of type bfloat16, in which probabilities do not"
            + " sum to 1; export it with outputs of type float.");
  }

  /** The written file says in all outputs what the library says. */
  private void assertFuses() {
    Table rows = numbers(3, -3, 1, -1, 0.5);
    Path fused = path.resolveSibling("fused.onnx");
    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR)) {
      Correction correction = RandomNetworks.distilled(rows, 2, 0.9, 3);
      DecisionRule rule = DecisionRule.MOST_PROBABLE;
      FusedExporter.export(model, correction, rule, Map.of(), fused);
      Answers.Soft deployed = (Answers.Soft) model.answer(rows);
      try (FusedCheck check = FusedCheck.open(fused, TENSOR, rule, 1e-5)) {
        check.require(rows, deployed, correction.apply(deployed, rows));
        assertThatThrownBy(() -> check.require(rows, deployed, deployed))
            .isInstanceOf(OnnxException.class)
            .hasMessageEndingWith("was measured, so it is not written.");
      }
    }
  }
}
