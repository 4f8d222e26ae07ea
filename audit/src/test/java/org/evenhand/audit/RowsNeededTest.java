package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.RowsNeeded.Group;
import org.junit.jupiter.api.Test;

class RowsNeededTest {
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(999).build();

  private static RowsNeeded plan(double[] accuracies, double... shares) {
    return RowsNeeded.forAccuracies(
        IntStream.range(0, 2)
            .mapToObj(
                t ->
                    IntStream.range(0, 2)
                        .mapToObj(b -> new Group(accuracies[2 * t + b], shares[2 * t + b]))
                        .toList())
            .toList(),
        SETTINGS);
  }

  @Test
  void planned_rows_bring_the_verdict_in_about_four_of_five_samples() {
    for (double[] accuracies :
        new double[][] {{0.9, 0.7, 0.9, 0.8}, {0.8, 0.8, 0.9, 0.9}, {0.8, 0.65, 0.8, 0.8}}) {
      RowsNeeded needed = plan(accuracies, 3, 1, 3, 1);
      List<Double> rows = needed.rows().orElseThrow();
      int decided = 0;
      for (int repetition = 0; repetition < 100; repetition++) {
        SplittableRandom random = new SplittableRandom(repetition);
        double[] n = rows.stream().mapToDouble(Double::doubleValue).toArray();
        double[] correct = new double[4];
        for (int group = 0; group < 4; group++) {
          correct[group] = new BinomialSampler((long) n[group], accuracies[group]).draw(random);
        }
        Verdict verdict = Cells.ofAccuracies(2, correct, n).audit(SETTINGS).verdict();
        decided += verdict == needed.verdict() ? 1 : 0;
      }
      assertThat(decided).as("%s", needed).isBetween(62, 96);
    }
  }

  @Test
  void the_verdict_is_the_one_that_the_assumptions_deserve() {
    assertThat(plan(new double[] {0.9, 0.7, 0.9, 0.8}, 1, 1, 1, 1).verdict())
        .isEqualTo(Verdict.BIASED);
    assertThat(plan(new double[] {0.8, 0.8, 0.9, 0.9}, 1, 1, 1, 1).verdict())
        .isEqualTo(Verdict.WITHIN_TOLERANCE);
    // A mean gap of 4 points, but one of 8 that is within 10 too.
    assertThat(plan(new double[] {0.8, 0.72, 0.9, 0.9}, 1, 1, 1, 1).verdict())
        .isEqualTo(Verdict.WITHIN_TOLERANCE);
  }

  @Test
  void rows_come_in_the_proportions_in_which_groups_are_met_and_every_group_can_be_judged() {
    List<Double> rows =
        plan(new double[] {0.99, 0.2, 0.99, 0.2}, 50, 1, 50, 1).rows().orElseThrow();

    assertThat(rows)
        .isEqualTo(List.of(50 * rows.get(1), rows.get(1), 50 * rows.get(1), rows.get(1)));
    assertThat(rows.get(1)).isBetween(30.0, 31.0);
  }

  @Test
  void a_gap_at_its_tolerance_is_decided_by_no_number() {
    RowsNeeded needed = plan(new double[] {0.8, 0.75, 0.8, 0.75}, 1, 1, 1, 1);

    assertThat(needed.rows()).isEmpty();
    assertThat(needed.total()).isEmpty();
  }

  @Test
  void assumptions_out_of_range_are_named() {
    assertThatThrownBy(() -> new Group(1.2, 1))
        .isInstanceOf(AuditException.class)
        .hasMessage("An accuracy of 1.2 is assumed; it must be between 0 and 1.");
    assertThatThrownBy(() -> new Group(0.5, 0))
        .isInstanceOf(AuditException.class)
        .hasMessage("A group's share of the rows is assumed to be 0.0; it must be above 0.");
    assertThatThrownBy(
            () -> RowsNeeded.forAccuracies(List.of(List.of(new Group(0.5, 1))), SETTINGS))
        .isInstanceOf(AuditException.class)
        .hasMessage(
            "A plan needs at least two classes with the same values, at least two; it has [1] groups by class.");
  }
}
