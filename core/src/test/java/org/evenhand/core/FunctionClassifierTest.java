package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Java functions as classifiers. */
class FunctionClassifierTest {
  private static final Classes TWO = Classes.of("no", "yes");
  private static final Classes THREE = Classes.of("cat", "dog", "bird");
  private static final Table ROWS = Table.of(List.of(new NumericColumn("x", new double[] {1, 2})));

  private static Function<Table, double[]> giving(double... scores) {
    return table -> scores;
  }

  private static double[] probabilities(Classifier model) {
    return Arrays.stream(((Answers.Soft) model.answer(ROWS)).logProbabilities())
        .map(Math::exp)
        .toArray();
  }

  private static void assertRefused(Classifier model, String message) {
    assertThatThrownBy(() -> model.answer(ROWS))
        .isInstanceOf(CoreException.class)
        .hasMessage(message);
  }

  @Test
  void probabilities_stay_what_they_are() {
    assertThat(probabilities(Classifier.ofFunction(TWO, giving(0.2, 0.8, 0.7, 0.3))))
        .containsExactly(new double[] {0.2, 0.8, 0.7, 0.3}, within(1e-15));
  }

  @Test
  void logits_become_their_softmax() {
    assertThat(
            probabilities(Classifier.ofLogits(THREE, giving(0, Math.log(2), Math.log(5), 7, 7, 7))))
        .containsExactly(
            new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0, 1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
  }

  @Test
  void sigmoids_become_the_distribution_in_proportion_to_them() {
    assertThat(probabilities(Classifier.ofSigmoids(THREE, giving(0.9, 0.6, 0.3, 0.1, 0.1, 0.2))))
        .containsExactly(new double[] {3 / 6.0, 2 / 6.0, 1 / 6.0, 0.25, 0.25, 0.5}, within(1e-15));
  }

  @Test
  void one_score_per_row_is_that_of_the_second_of_two_classes() {
    double[] expected = {0.2, 0.8, 1, 1e-7};
    assertThat(probabilities(Classifier.ofFunction(TWO, giving(0.8, 0))))
        .containsExactly(expected, within(1e-15));
    assertThat(probabilities(Classifier.ofSigmoids(TWO, giving(0.8, 0))))
        .containsExactly(expected, within(1e-7));
    assertThat(probabilities(Classifier.ofLogits(TWO, giving(Math.log(4), 0))))
        .containsExactly(new double[] {0.2, 0.8, 0.5, 0.5}, within(1e-15));
  }

  @Test
  void a_rounded_probability_may_pass_one_by_a_little() {
    assertThat(probabilities(Classifier.ofFunction(TWO, giving(1.0000001, 0.5))))
        .containsExactly(new double[] {1e-7, 1, 0.5, 0.5}, within(1e-6));
  }

  @Test
  void a_wrong_number_of_scores_is_refused_with_the_right_one() {
    assertRefused(
        Classifier.ofLogits(THREE, giving(1, 2)),
        "The classifier function returned 2 scores for 2 rows; expected 6, one for each of the 3 classes in every row.");
    assertRefused(
        Classifier.ofFunction(TWO, giving(1, 0, 1)),
        "The classifier function returned 3 scores for 2 rows; expected 4, one for each of the 2 classes in every row, or 2, those of the second class.");
  }

  @Test
  void a_score_that_is_not_a_number_is_refused_with_its_row_and_class() {
    assertRefused(
        Classifier.ofLogits(THREE, giving(0, 0, 0, 0, Double.NaN, 0)),
        "Row 1 has logit NaN for class 'dog'; logits must be finite.");
    assertRefused(
        Classifier.ofLogits(TWO, giving(0, Double.POSITIVE_INFINITY)),
        "Row 1 has logit Infinity for class 'yes'; logits must be finite.");
    assertRefused(
        Classifier.ofFunction(TWO, giving(Double.NaN, 0.5)),
        "Row 0 has probability NaN for class 'yes'; probabilities lie between 0 and 1.");
  }

  @Test
  void a_score_out_of_range_is_refused_with_its_row_and_class() {
    assertRefused(
        Classifier.ofSigmoids(THREE, giving(0, 1, 0, 1, 0, 1.5)),
        "Row 1 has score 1.5 for class 'bird'; independent sigmoids lie between 0 and 1.");
    assertRefused(
        Classifier.ofFunction(TWO, giving(0.5, -0.25)),
        "Row 1 has probability -0.25 for class 'yes'; probabilities lie between 0 and 1.");
  }

  @Test
  void no_rows_have_no_answers() {
    Table none = ROWS.select(new int[0]);

    assertThat(Classifier.ofLogits(TWO, giving()).answer(none).rows()).isZero();
    assertThat(Classifier.ofLogits(THREE, giving()).answer(none).rows()).isZero();
  }
}
