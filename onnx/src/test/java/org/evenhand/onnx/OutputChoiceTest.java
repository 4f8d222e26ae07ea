package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;
import static org.evenhand.onnx.SmallClassifiers.argMaxOnly;
import static org.evenhand.onnx.SmallClassifiers.assertDescription;
import static org.evenhand.onnx.SmallClassifiers.assertNotAnswered;
import static org.evenhand.onnx.SmallClassifiers.assertNotOpened;
import static org.evenhand.onnx.SmallClassifiers.numbers;
import static org.evenhand.onnx.SmallClassifiers.probabilities;
import static org.evenhand.onnx.SmallClassifiers.tensor;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which output of a model is its answer, how it is read, and what its classes are called. */
class OutputChoiceTest {
  private final Path path;

  OutputChoiceTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
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
        path,
        TENSOR,
        "Answers are read from output 'logits' (logits, one column per class), which agrees with 'probabilities'; classes 0, 1, 2 (numbered, since the model names none).");
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
        path,
        OnnxOptions.of(tensor().withClasses(List.of("low", "middle", "high"))),
        "Answers are read from output 'probabilities' (probabilities, one column per class); classes low, middle, high (as declared).");
  }

  @Test
  void an_output_named_by_the_user_is_read() {
    twoHeads();

    assertDescription(
        path,
        OnnxOptions.of(tensor().withOutput("second")),
        "Answers are read from output 'second' (probabilities, one column per class); classes 0, 1 (numbered, since the model names none).");
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
        path,
        TENSOR,
        "The outputs 'first', 'second' could each be the model's answer; choose one.",
        Setting.OUTPUT);
    assertNotOpened(
        path,
        OnnxOptions.of(tensor().withOutput("third")),
        "The model has no output 'third' with values for each row; it has 'first', 'second'.",
        Setting.OUTPUT);
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
    assertThat(probabilities(path, TENSOR, numbers(2)))
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
    assertThat(probabilities(path, OnnxOptions.of(tensor().withOutput("sigmoid")), numbers(0)))
        .containsExactly(
            new double[] {first / (first + second), second / (first + second)}, within(1e-6));
    assertNotOpened(
        path,
        TENSOR,
        "None of the model's outputs (scores) holds probabilities that sum to 1, logits or labels; choose one, or declare independent sigmoids as 'sigmoid'.",
        Setting.OUTPUT);
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

  @Test
  void labels_without_a_list_of_classes_need_one() {
    argMaxOnly(path);

    assertNotOpened(
        path,
        TENSOR,
        "The model does not say which classes its output 'label' decides between; name them.",
        Setting.CLASSES);
    assertNotAnswered(
        path,
        OnnxOptions.of(tensor().withClasses(List.of("low", "high"))),
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
        path,
        OnnxOptions.of(tensor().withClasses(List.of("7", "5", "9"))),
        "The classes are declared as 7, 5, 9, but the model's own class labels are 5, 7, 9; declare none.",
        Setting.CLASSES);
  }

  @Test
  void the_number_of_classes_must_be_the_models() {
    twoHeads();

    assertNotOpened(
        path,
        OnnxOptions.of(tensor().withOutput("first").withClasses(List.of("no", "yes"))),
        "2 classes are declared, but the model's output 'first' has scores for 3.",
        Setting.CLASSES);
  }

  @Test
  void a_network_from_image_to_image_is_no_classifier() {
    new SmallModel()
        .input("image", ElementType.FLOAT, 3, 8, 8)
        .output("out", ElementType.FLOAT, 3, 8, 8)
        .then("Relu", "image", "out")
        .write(path, 13, 0);

    assertNotOpened(
        path,
        OnnxOptions.defaults(),
        "None of the model's outputs (out) holds probabilities that sum to 1, logits or labels; choose one, or declare independent sigmoids as 'sigmoid'.",
        Setting.OUTPUT);
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
        path,
        TENSOR,
        "None of the model's outputs (amount) holds probabilities that sum to 1, logits or labels; choose one, or declare independent sigmoids as 'sigmoid'.",
        Setting.OUTPUT);
  }
}
