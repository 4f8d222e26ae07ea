package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.core.InputColumn.OPEN;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evenhand.core.InputColumn.Kind;
import org.junit.jupiter.api.Test;

/** What a user declares of a model, matched with what the model says of itself. */
class ModelContractTest {
  private static final ModelContract NONE = ModelContract.none();

  private static ModelTensor numbers(String name, Integer... shape) {
    return new ModelTensor(name, Kind.NUMBER, List.of(shape));
  }

  private static void assertRefused(ThrowingCallable call, String message, Setting helpful) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CoreException.class, e -> assertThat(e.settings()).containsExactly(helpful))
        .hasMessage(message);
  }

  @Test
  void inputs_of_one_value_per_row_are_columns_of_their_names() {
    assertThat(
            NONE.columns(
                List.of(
                    numbers("a", OPEN),
                    numbers("b", OPEN, 1),
                    numbers("c", OPEN, OPEN),
                    new ModelTensor("image", Kind.TENSOR, List.of(OPEN, 3, 8, 8)))))
        .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("image"));
  }

  @Test
  void one_input_of_several_values_needs_its_columns_in_order() {
    ModelTensor three = numbers("x", OPEN, 3);

    assertThat(NONE.withFeatures(List.of("a", "b", "c")).columns(List.of(three)))
        .containsExactly(List.of("a", "b", "c"));
    assertRefused(
        () -> NONE.columns(List.of(three)),
        "The model's input 'x' takes 3 values per row; name its columns in order.",
        Setting.FEATURES);
    assertRefused(
        () -> NONE.columns(List.of(numbers("x", OPEN, OPEN))),
        "The model's input 'x' takes several values per row; name its columns in order.",
        Setting.FEATURES);
    assertRefused(
        () -> NONE.withFeatures(List.of("a")).columns(List.of(three)),
        "The model's input 'x' takes 3 values per row, but 1 column is named for it.",
        Setting.FEATURES);
  }

  @Test
  void columns_of_the_only_wide_input_stand_beside_inputs_of_one_value() {
    ModelContract named = NONE.withFeatures(List.of("a", "b", "c"));

    assertThat(named.columns(List.of(numbers("x", OPEN, 3), numbers("race", OPEN, 1))))
        .containsExactly(List.of("a", "b", "c"), List.of("race"));
    assertRefused(
        () -> named.columns(List.of(numbers("x", OPEN, 3), numbers("y", OPEN, 3))),
        "3 columns are named as those of the model's only input, but this model has 2 inputs: x, y.",
        Setting.FEATURES);
  }

  @Test
  void an_output_is_declared_by_name_or_by_what_its_scores_are() {
    ModelContract sigmoid = NONE.withOutput(ModelContract.SIGMOID);

    assertThat(sigmoid.outputName(List.of("p"))).isEmpty();
    assertThat(sigmoid.scale(List.of("p"))).contains(ScoreScale.SIGMOIDS);
    assertThat(sigmoid.outputName(List.of("sigmoid", "p"))).contains("sigmoid");
    assertThat(sigmoid.scale(List.of("sigmoid", "p"))).isEmpty();
    assertThat(NONE.withOutput(ModelContract.LOGITS).scale(List.of("p")))
        .contains(ScoreScale.LOGITS);
    assertThat(NONE.outputName(List.of("p"))).isEmpty();
    assertRefused(
        () -> NONE.withOutput("q").outputName(List.of("p", "r")),
        "The model has no output 'q' with values for each row; it has 'p', 'r'.",
        Setting.OUTPUT);
  }

  @Test
  void classes_are_named_by_the_model_else_by_the_user_else_numbered() {
    Optional<List<String>> own = Optional.of(List.of("bad", "good"));
    ModelContract declared = NONE.withClasses(List.of("no", "yes"));

    assertThat(NONE.named("p", own, 2).describe())
        .isEqualTo("classes bad, good (named by the model)");
    assertThat(declared.named("p", Optional.empty(), 2).describe())
        .isEqualTo("classes no, yes (as declared)");
    assertThat(NONE.named("p", Optional.empty(), 3).describe())
        .isEqualTo("classes 0, 1, 2 (numbered, since the model names none)");
    assertThat(declared.declaredClasses("label").classes()).isEqualTo(Classes.of("no", "yes"));
  }

  @Test
  void declared_classes_must_be_those_of_the_model() {
    ModelContract declared = NONE.withClasses(List.of("no", "yes"));

    assertRefused(
        () -> declared.named("p", Optional.of(List.of("yes", "no")), 2),
        "The classes are declared as no, yes, but the model's own class labels are yes, no; declare none.",
        Setting.CLASSES);
    assertRefused(
        () -> declared.named("p", Optional.empty(), 3),
        "2 classes are declared, but the model's output 'p' has scores for 3.",
        Setting.CLASSES);
    assertRefused(
        () -> NONE.declaredClasses("label"),
        "The model does not say which classes its output 'label' decides between; name them.",
        Setting.CLASSES);
  }
}
