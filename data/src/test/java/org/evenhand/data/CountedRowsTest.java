package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class CountedRowsTest {
  private static final Classes NO_YES = Classes.of("no", "yes");

  /** Two distinct rows, the second of which stands for three that begin at row 40. */
  private static Table counted(String name, String first, String second) {
    return counted(TextColumn.of(name, List.of(first, second)));
  }

  private static Table counted(Column column) {
    return Table.of(
        List.of(
            column,
            new NumericColumn(CountedRows.ROWS, new double[] {7, 3}),
            new NumericColumn(CountedRows.FIRST, new double[] {1, 40})));
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void messages_name_the_row_of_the_file() {
    assertRefused(
        () -> Labels.target(counted("y", "no", "maybe"), "y", NO_YES),
        "Column 'y', data row 40: 'maybe' is none of the classes no, yes; correct the cell, or name the model's classes in its order.");
    assertRefused(
        () -> Labels.target(counted("y", "no", ""), "y", NO_YES),
        "Column 'y', data row 40: the class is missing; expected one of no, yes.");
    assertRefused(
        () ->
            Labels.scores(
                counted(new NumericColumn("s", new double[] {0.5, Double.NaN})), "s", NO_YES),
        "Column 's', data row 40: the score is missing; expected the probability of class 'yes', between 0 and 1.");
    assertRefused(
        () -> Labels.weights(counted(new NumericColumn("w", new double[] {1, -2})), "w"),
        "Column 'w', data row 40: the weight is -2; weights are numbers that are not negative.");
  }

  @Test
  void the_sizes_of_splits_are_numbers_of_rows_of_the_file() {
    assertRefused(
        () -> Split.rows(counted("split", "train", "test"), "split", "calibration"),
        "No row belongs to split 'calibration': column 'split' holds test (3 rows), train (7 rows).");
  }

  @Test
  void the_boundary_of_scores_is_the_least_that_the_rule_decides_as_the_second_class() {
    SplittableRandom random = new SplittableRandom(5);
    for (int repetition = 0; repetition < 200; repetition++) {
      assertIsBoundary(DecisionRule.threshold(random.nextDouble(1e-9, 1)));
    }
    assertIsBoundary(DecisionRule.threshold(0.62));
    assertIsBoundary(DecisionRule.threshold(1 - 1e-12));
    assertIsBoundary(DecisionRule.MOST_PROBABLE);
  }

  private static void assertIsBoundary(DecisionRule rule) {
    double boundary = Counting.Scores.decidedBy("s", rule).boundary();

    assertThat(decision(boundary, rule)).isEqualTo(1);
    assertThat(decision(Math.nextDown(boundary), rule)).isZero();
  }

  private static int decision(double score, DecisionRule rule) {
    return Labels.scores(
            Table.of(List.of(new NumericColumn("s", new double[] {score, 1 / 3.0}))), "s", NO_YES)
        .decisions(rule)[0];
  }
}
