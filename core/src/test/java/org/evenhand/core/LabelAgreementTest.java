package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * A model's label need not be its most probable class; where one threshold explains it, it does.
 */
class LabelAgreementTest {
  private static final Classes TWO = Classes.of("no", "yes");

  /** Probabilities of the second class and the labels that go with them. */
  private static Answers.Soft answers(double[] second, int... labels) {
    double[] probabilities = new double[2 * second.length];
    for (int row = 0; row < second.length; row++) {
      probabilities[2 * row] = 1 - second[row];
      probabilities[2 * row + 1] = second[row];
    }
    return Answers.Soft.ofProbabilities(TWO, probabilities, Answers.FLOAT_FLOOR).withLabels(labels);
  }

  @Test
  void labels_that_are_the_most_probable_classes_need_no_other_rule() {
    LabelAgreement agreement = LabelAgreement.of(answers(new double[] {0.2, 0.7}, 0, 1));

    assertThat(agreement.differing()).isZero();
    assertThat(agreement.rule()).contains(DecisionRule.MOST_PROBABLE);
    assertThat(agreement.warning()).isEmpty();
  }

  @Test
  void the_roundest_threshold_between_the_labels_is_recovered() {
    Answers.Soft answers = answers(new double[] {0.1, 0.3487, 0.3509, 0.42, 0.9}, 0, 0, 1, 1, 1);

    LabelAgreement agreement = LabelAgreement.of(answers);

    assertThat(agreement.differing()).isEqualTo(2);
    assertThat(agreement.rule().orElseThrow().threshold()).hasValue(0.35);
    assertThat(agreement.warning())
        .contains(
            "the model's label differs from its most probable class in 2 of 5 rows, which a threshold 0.35 explains; the label is what is deployed, so it decides unless a rule on the scores is asked for.");
    assertThat(answers.decisions(DecisionRule.OF_MODEL)).containsExactly(0, 0, 1, 1, 1);
    assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(0, 0, 0, 0, 1);
    assertThat(answers.decisions(DecisionRule.OF_MODEL.onScores(answers)))
        .isEqualTo(answers.decisions(DecisionRule.OF_MODEL));
  }

  @Test
  void a_tie_that_the_label_decides_for_the_second_class_is_a_threshold_of_one_half() {
    LabelAgreement agreement =
        LabelAgreement.of(answers(new double[] {0.2, 0.4, 0.5, 0.8}, 0, 0, 1, 1));

    assertThat(agreement.rule().orElseThrow().threshold()).hasValue(0.5);
  }

  @Test
  void labels_that_no_threshold_explains_ask_for_another_rule() {
    Answers.Soft crossed = answers(new double[] {0.2, 0.4, 0.6, 0.8}, 0, 1, 0, 1);
    Answers.Soft constant = answers(new double[] {0.2, 0.4, 0.6}, 0, 0, 0);

    assertThat(LabelAgreement.of(crossed).rule()).isEmpty();
    assertThat(LabelAgreement.of(constant).rule()).isEmpty();
    assertThatThrownBy(() -> DecisionRule.OF_MODEL.onScores(crossed))
        .isInstanceOfSatisfying(
            CoreException.class, e -> assertThat(e.settings()).containsExactly(Setting.DECIDE_BY))
        .hasMessage(
            "The model's label differs from its most probable class in 2 of 4 rows, and no threshold explains it, so that a change of its scores does not say how it would decide; decide by the scores.");
    assertThat(DecisionRule.MOST_PROBABLE.onScores(crossed)).isEqualTo(DecisionRule.MOST_PROBABLE);
  }

  @Test
  void labels_go_with_their_rows() {
    Answers.Soft answers = answers(new double[] {0.1, 0.4, 0.9}, 0, 1, 1);

    assertThat(answers.select(new int[] {2, 1, 0}).decisions(DecisionRule.OF_MODEL))
        .containsExactly(1, 1, 0);
    assertThatThrownBy(() -> answers.withLabels(new int[] {0, 1, 2}))
        .isInstanceOf(CoreException.class);
  }
}
