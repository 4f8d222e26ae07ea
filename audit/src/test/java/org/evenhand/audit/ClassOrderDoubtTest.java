package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

class ClassOrderDoubtTest {
  private static AuditResult audit(double[] correct, double... rows) {
    Cells cells = Cells.ofAccuracies(2, correct, rows);
    return Audit.of(
        cells.set(),
        cells.answers(),
        AuditSettings.builder().weights(WeightKind.FREQUENCY).build());
  }

  @Test
  void accuracy_below_always_deciding_the_commonest_class_is_doubted() {
    // 110 of 800 are right; 500 are of class 0.
    assertThat(ClassOrderDoubt.of(audit(new double[] {30, 30, 25, 25}, 250, 250, 150, 150)))
        .contains(
            new ClassOrderDoubt(
                "Overall accuracy is 13.8 %, but always deciding '0' would be right in 62.5 %; are the classes in another order?"));
  }

  @Test
  void an_ordinary_classifier_is_not_doubted() {
    assertThat(ClassOrderDoubt.of(audit(new double[] {200, 200, 120, 110}, 250, 250, 150, 150)))
        .isEmpty();
    // Below the commonest class, but not beyond chance.
    assertThat(ClassOrderDoubt.of(audit(new double[] {150, 150, 95, 95}, 250, 250, 150, 150)))
        .isEmpty();
  }

  @Test
  void scores_that_rank_the_wrong_way_round_are_doubted_even_where_decisions_pass() {
    int rows = 800;
    int[] targets = new int[rows];
    int[] values = new int[rows];
    double[] probabilities = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 10 < 6 ? 1 : 0;
      values[row] = row % 2;
      double score = (targets[row] == 1 ? 0.6 : 0.7) + row % 7 * 0.01;
      probabilities[2 * row] = 1 - score;
      probabilities[2 * row + 1] = score;
    }
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    LabelledSet set = Cells.set(Cells.target(2, targets), Cells.attribute(2, values), ones);
    Answers answers = Answers.Soft.ofProbabilities(set.target().classes(), probabilities, 1e-7);

    assertThat(ClassOrderDoubt.of(Audit.of(set, answers, AuditSettings.DEFAULT)))
        .contains(
            new ClassOrderDoubt(
                "Rows of class '1' score lower than the others; is the score that of another class?"));
  }
}
