package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictPlanTest {
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(999).build();

  private static ExpectedGroups expected(String values) {
    return ExpectedGroups.independent(
        "repaid", Shares.parse("no=60%,yes=40%"), "race", Shares.parse(values));
  }

  /** The share of samples of the planned rows that bring the verdict, by the audit itself. */
  private static double power(VerdictPlan plan, VerdictPlan.Proof proof, int samples) {
    double[] rows = proof.rows().orElseThrow().stream().mapToDouble(Double::doubleValue).toArray();
    int reached = 0;
    for (int sample = 0; sample < samples; sample++) {
      SplittableRandom random = new SplittableRandom(1_000_003L * (sample + 1));
      double[] correct = new double[rows.length];
      for (int group = 0; group < rows.length; group++) {
        double accuracy =
            proof.worse().equals(Optional.of(group))
                ? plan.accuracy() - plan.gap()
                : plan.accuracy();
        correct[group] = new BinomialSampler((long) rows[group], accuracy).draw(random);
      }
      Verdict verdict =
          Cells.ofAccuracies(plan.groups().values().size(), correct, rows)
              .audit(SETTINGS)
              .verdict();
      reached += verdict == proof.verdict() ? 1 : 0;
    }
    return (double) reached / samples;
  }

  @Test
  void audits_of_the_planned_rows_bring_the_verdict_about_as_often_as_promised() {
    for (String values : List.of("White=60%,Black=40%", "White=60%,Black=30%,Other=10%")) {
      VerdictPlan plan = VerdictPlan.of(expected(values), 0.85, 0.2, SETTINGS);
      for (VerdictPlan.Proof proof : plan.proofs()) {
        // 200 samples vary by 6 points, and the plan itself rests on 100 others.
        assertThat(power(plan, proof, 200)).as("%s %s", values, proof).isBetween(0.68, 0.93);
      }
    }
  }

  @Test
  void a_plan_is_for_bias_in_the_rarest_group_and_for_none() {
    VerdictPlan plan =
        VerdictPlan.of(expected("White=60%,Black=30%,Other=10%"), 0.85, 0.2, SETTINGS);

    assertThat(plan.groups().label(plan.groups().rarest())).isEqualTo("race = Other, repaid = yes");
    assertThat(plan.proofs())
        .extracting(VerdictPlan.Proof::verdict)
        .containsExactly(Verdict.BIASED, Verdict.WITHIN_TOLERANCE);
    assertThat(plan.proofs().get(0).worse()).hasValue(5);
    assertThat(plan.proofs().get(1).worse()).isEmpty();
  }

  @Test
  void collecting_all_groups_evenly_takes_fewer_rows_where_one_is_rare() {
    VerdictPlan plan = VerdictPlan.of(expected("White=95%,Black=5%"), 0.85, 0.2, SETTINGS);

    for (VerdictPlan.Proof proof : plan.proofs()) {
      assertThat(proof.totalEvenly(4).orElseThrow()).isLessThan(proof.total().orElseThrow() / 2);
    }
  }

  @Test
  void a_larger_gap_and_a_wider_tolerance_need_fewer_rows() {
    ExpectedGroups groups = expected("White=60%,Black=40%");
    VerdictPlan plan = VerdictPlan.of(groups, 0.85, 0.2, SETTINGS);
    VerdictPlan easier =
        VerdictPlan.of(
            groups, 0.85, 0.4, SETTINGS.toBuilder().tolerance(0.1).gapTolerance(0.2).build());

    for (int proof = 0; proof < 2; proof++) {
      assertThat(easier.proofs().get(proof).total().orElseThrow())
          .isLessThan(plan.proofs().get(proof).total().orElseThrow());
    }
  }

  @Test
  void rows_at_hand_say_in_what_proportions_groups_are_met() {
    double[] rows = {40, 10, 30, 20};
    ExpectedGroups groups =
        ExpectedGroups.counted(Cells.ofAccuracies(2, rows, rows).set(), "g", "y");

    assertThat(groups.shares()).isEqualTo(List.of(0.4, 0.1, 0.3, 0.2));
    assertThat(groups.rarest()).isEqualTo(1);
  }

  @Test
  void a_group_without_rows_leaves_nothing_to_plan_from() {
    double[] rows = {40, 10, 30, 0};

    assertThatThrownBy(
            () -> ExpectedGroups.counted(Cells.ofAccuracies(2, rows, rows).set(), "g", "y"))
        .isInstanceOf(AuditException.class)
        .hasMessageMatching(
            "No row has .+, y = .+, so nothing says how often it is met; give the shares of the values\\.");
  }

  @Test
  void shares_are_read_in_any_unit_and_sum_to_one() {
    assertThat(Shares.parse("a=60%, b = 40 %")).isEqualTo(Shares.parse("a=3,b=2"));
    assertThat(Shares.parse("a=33%,b=33%,c=33%").shares())
        .allSatisfy(share -> assertThat(share).isCloseTo(1 / 3.0, within(1e-12)));
  }

  @Test
  void shares_that_cannot_be_are_named() {
    String example = "such as White=60%,Black=30%,Other=10%.";
    refused("a=60%,b=30%", "The percentages of a, b sum to 90; they must sum to 100.");
    refused("a=1,b", "'b' does not say a name and its share; expected NAME=SHARE,…, " + example);
    refused("a=1,=2", "'=2' does not say a name and its share; expected NAME=SHARE,…, " + example);
    refused("a=1,b=0", "The share of 'b' is 0.0; it must be above 0.");
    refused("a=1,a=2", "A name occurs twice among a, a; give each one share.");
    refused("a=1", "Shares are given for 'a' alone; a comparison needs at least two, " + example);
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> Shares.parse(text))
        .isInstanceOf(AuditException.class)
        .hasMessage(message);
  }

  @Test
  void assumptions_out_of_range_are_named() {
    ExpectedGroups groups = expected("a=1,b=1");

    assertThatThrownBy(() -> VerdictPlan.of(groups, 1.5, 0.2, SETTINGS))
        .isInstanceOf(AuditException.class)
        .hasMessage("The expected accuracy is 1.5; it must be above 0 and at most 1.");
    for (double gap : new double[] {0.1, 0.9}) {
      assertThatThrownBy(() -> VerdictPlan.of(groups, 0.85, gap, SETTINGS))
          .isInstanceOf(AuditException.class)
          .hasMessage(
              "The gap to be proven is %s; it must be above the tolerated 0.1 and at most the expected accuracy of 0.85.",
              gap);
    }
  }

  @Test
  void more_than_a_million_rows_are_no_plan() {
    VerdictPlan plan =
        VerdictPlan.of(
            expected("a=99%,b=1%"), 0.85, 0.2, SETTINGS.toBuilder().tolerance(0.01).build());

    assertThat(plan.proofs().get(1).total()).isEmpty();
    assertThat(plan.proofs().get(0).total()).isPresent();
  }
}
