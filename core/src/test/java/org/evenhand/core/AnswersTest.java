package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Classes CLASSES = Classes.of("no", "yes");

  @Test
  void probabilities_are_clipped_at_the_floor_before_the_logarithm() {
    Answers.Soft answers =
        Answers.Soft.ofProbabilities(CLASSES, new double[] {1, 0, 0.25, 0.75}, 0.005);
    assertThat(answers.logProbabilities())
        .containsExactly(0, Math.log(0.005), Math.log(0.25), Math.log(0.75));
    assertThat(answers.rows()).isEqualTo(2);
  }

  @Test
  void probabilities_that_do_not_sum_to_one_are_refused_with_what_to_do() {
    assertThatThrownBy(
            () -> Answers.Soft.ofProbabilities(CLASSES, new double[] {0.5, 0.5, 0.9, 0.8}, 1e-7))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "The probabilities of row 1 sum to 1.70000, not to 1; if they are independent sigmoids, declare 'sigmoid'.");
  }

  @Test
  void a_value_that_is_no_probability_is_refused_with_its_row_and_class() {
    assertThatThrownBy(
            () -> Answers.Soft.ofProbabilities(CLASSES, new double[] {0.5, Double.NaN}, 1e-7))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Row 0 has probability NaN for class 'yes'; probabilities lie between 0 and 1.");
    assertThatThrownBy(() -> Answers.Soft.ofProbabilities(CLASSES, new double[] {-0.1, 1.1}, 1e-7))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Row 0 has probability -0.1 for class 'no'; probabilities lie between 0 and 1.");
  }

  @Test
  void only_differences_between_logits_matter_and_they_must_be_finite() {
    double[] plain =
        Answers.Soft.ofLogits(CLASSES, new double[] {0, Math.log(3)}).logProbabilities();
    assertThat(plain[0]).isCloseTo(Math.log(0.25), within(1e-15));
    assertThat(plain[1]).isCloseTo(Math.log(0.75), within(1e-15));
    double[] shifted =
        Answers.Soft.ofLogits(CLASSES, new double[] {800, 800 + Math.log(3)}).logProbabilities();
    assertThat(shifted).containsExactly(plain, within(1e-12));
    assertThatThrownBy(
            () -> Answers.Soft.ofLogits(CLASSES, new double[] {0, Double.NEGATIVE_INFINITY}))
        .isInstanceOf(CoreException.class)
        .hasMessage("Row 0 has logit -Infinity for class 'yes'; logits must be finite.");
  }

  @Test
  void hard_answers_decide_whatever_the_rule_and_name_known_classes_only() {
    int[] labels = {1, 0};
    assertThat(new Answers.Hard(CLASSES, labels).decisions(DecisionRule.threshold(0.9)))
        .containsExactly(1, 0);
    assertThatThrownBy(() -> new Answers.Hard(CLASSES, new int[] {0, 2}))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "The classifier's label has code 2 in row 2, but only codes 0 to 1 have a name.");
  }

  @Test
  void selected_rows_keep_their_answers() {
    Answers.Soft answers =
        Answers.Soft.ofProbabilities(CLASSES, new double[] {0.1, 0.9, 0.6, 0.4}, 1e-7);
    assertThat(answers.select(new int[] {1}).logProbabilities())
        .containsExactly(Math.log(0.6), Math.log(0.4));
  }

  @Test
  void independent_sigmoids_become_a_distribution_in_proportion_to_them() {
    double[] logs =
        Answers.Soft.ofSigmoids(Classes.of("a", "b", "c"), new double[] {0.9, 0.6, 0.5})
            .logProbabilities();

    // 0.9 + 0.6 + 0.5 = 2
    assertThat(Arrays.stream(logs).map(Math::exp).toArray())
        .containsExactly(new double[] {0.45, 0.3, 0.25}, within(1e-15));
  }
}
