package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;

/** Deep feature reweighting as published. */
class SparseReweightingTest {
  private static final HeadEditTest.Model MODEL =
      new HeadEditTest.Model(SmallWorld.biased().head().head());
  private static final LabelledSet CALIBRATION = HeadEditTest.rows(1_200, 0.8, 5, 1);

  private static RepairTask task() {
    return RepairTask.of(CALIBRATION, MODEL.answer(CALIBRATION.inputs()), List.of("side"))
        .withHead(HeadTask.of(MODEL, CALIBRATION));
  }

  private static GroupSummary summary(LabelledSet rows, int[] decisions) {
    return GroupSummary.of(rows.target(), rows.attribute("side"), decisions, rows.weights());
  }

  @Test
  void the_worst_group_of_unseen_rows_is_recognised_better() {
    LabelledSet unseen = HeadEditTest.rows(10_000, 0.5, 6, 1);
    Proposal proposal = new SparseReweighting().propose(task());

    GroupSummary before =
        summary(unseen, MODEL.answer(unseen.inputs()).decisions(DecisionRule.MOST_PROBABLE));
    GroupSummary after =
        summary(
            unseen,
            proposal
                .change()
                .applyTo(MODEL)
                .answer(unseen.inputs())
                .decisions(DecisionRule.MOST_PROBABLE));

    assertThat(after.worst()).isGreaterThan(before.worst() + 0.1);
    assertThat(after.modelBias()).isLessThan(before.modelBias() / 3);
    assertThat(proposal.why())
        .isEqualTo(
            "Of 7 forms this one has the highest worst group accuracy on calibration rows that it was not fitted to.");
  }

  @Test
  void a_form_is_a_strength_and_the_same_seed_gives_the_same_head() {
    List<Candidate> candidates = new SparseReweighting().candidates(task());

    assertThat(candidates)
        .map(Candidate::form)
        .startsWith("strength 0.01, mean of 20 subsets")
        .endsWith("strength 1.0, mean of 20 subsets")
        .hasSize(7);
    assertThat(candidates.get(3).decisions())
        .isEqualTo(new SparseReweighting().candidates(task()).get(3).decisions());
  }

  @Test
  void a_subset_has_as_many_rows_of_every_group_as_the_smallest_has() {
    int[] targets = {0, 0, 0, 0, 1, 1, 1, 1, 1, 0};
    int[] values = {0, 0, 0, 1, 0, 0, 0, 0, 1, 1};

    int[] drawn = SparseReweighting.balanced(targets, values, new Random(1));

    assertThat(Arrays.stream(drawn).map(row -> 2 * targets[row] + values[row]).sorted())
        .containsExactly(0, 1, 2, 3);
    assertThat(
            IntStream.range(0, 30)
                .map(seed -> SparseReweighting.balanced(targets, values, new Random(seed))[0])
                .distinct())
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void coefficients_of_standardised_features_say_the_same_of_the_features() {
    HeadRows rows =
        new HeadRows(
            3,
            new double[] {1, 7, 1, 2, 7, 1, 6, 7, 1},
            new int[] {0, 1, 1},
            new double[] {1, 1, 2});
    StandardFeatures standard = StandardFeatures.of(rows, true);
    HeadRows scaled = standard.of(rows);
    double[] undone = standard.undone(new double[] {0.5, -2, 0.25});

    // Mean (1 + 2 + 2·6)/4 = 3.75, variance (1 + 4 + 72)/4 − 3.75² = 5.1875.
    assertThat(scaled.features()[0]).isCloseTo(-2.75 / Math.sqrt(5.1875), within(1e-12));
    // The second feature is constant.
    assertThat(scaled.features()[1]).isZero();
    for (int row = 0; row < 3; row++) {
      double expected =
          0.5 * scaled.features()[3 * row] - 2 * scaled.features()[3 * row + 1] + 0.25;
      double found = undone[2];
      for (int j = 0; j < 2; j++) {
        found += undone[j] * rows.features()[3 * row + j];
      }
      assertThat(found).isCloseTo(expected, within(1e-12));
    }
  }
}
