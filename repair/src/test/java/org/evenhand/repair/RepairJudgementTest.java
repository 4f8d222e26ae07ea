package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Answers;
import org.junit.jupiter.api.Test;

class RepairJudgementTest {
  private static final PairedChange FALLS = new PairedChange(-0.10, -0.14, -0.06);
  private static final PairedChange OPEN = new PairedChange(-0.01, -0.03, 0.01);
  private static final PairedChange RISES = new PairedChange(0.03, 0.01, 0.05);

  private final Proposal proposal = Loans.proposal(new Loans.Shift(0));

  private static Measured measured(PairedChange bias, PairedChange worst, Harm... harms) {
    AuditResult audit =
        new AuditResult(
            1000,
            Loans.CLASSES,
            "yes",
            new Estimate.Known(0.7, 0.68, 0.72),
            List.of(),
            AuditSettings.DEFAULT);
    return new Measured(
        "test",
        audit,
        audit,
        new Answers.Hard(Loans.CLASSES, new int[0]),
        List.of(),
        new Effects(
            new PairedChange(-0.015, -0.02, -0.01),
            List.of(
                new AttributeChange("town", Map.of(Aim.MODEL_BIAS, bias, Aim.WORST_GROUP, worst))),
            List.of(),
            List.of(harms)));
  }

  private RepairJudgement judged(Measured measured, RepairGoals goals) {
    return RepairJudgement.of(proposal, measured, goals);
  }

  @Test
  void what_is_shown_is_offered() {
    RepairJudgement judgement = judged(measured(FALLS, OPEN), RepairGoals.of(Aim.MODEL_BIAS));

    assertThat(judgement.declined()).isEmpty();
    assertThat(judgement.findings())
        .containsExactly(new RepairJudgement.AimFinding(Aim.MODEL_BIAS, Finding.SHOWN));
  }

  @Test
  void what_is_open_is_declined_with_what_would_decide_and_what_is_shown_instead() {
    RepairJudgement judgement = judged(measured(OPEN, RISES), RepairGoals.of(Aim.MODEL_BIAS));

    // The margin of 2 points has to halve: four times 1,000 rows.
    assertThat(judgement.declined())
        .contains(
            "the test rows leave open whether Model Bias falls: Model Bias by 'town' changes by -1.0 points [-3.0, +1.0]."
                + " About 4,000 rows to measure on would show it if the change stays as it is. It is shown to improve"
                + " worst group accuracy: name that as its aim, if it is one.");
    assertThat(judgement.instead()).containsExactly(Aim.WORST_GROUP);
  }

  @Test
  void what_is_open_is_offered_where_another_aim_is_shown_or_proof_is_not_asked_for() {
    RepairGoals both =
        new RepairGoals(
            List.of(Aim.MODEL_BIAS, Aim.WORST_GROUP), OptionalDouble.empty(), Set.of(), false);
    RepairGoals unproven =
        new RepairGoals(List.of(Aim.MODEL_BIAS), OptionalDouble.empty(), Set.of(), true);

    assertThat(judged(measured(OPEN, RISES), both).declined()).isEmpty();
    assertThat(judged(measured(OPEN, OPEN), unproven).declined()).isEmpty();
  }

  @Test
  void the_opposite_is_declined_whatever_else_is_shown() {
    RepairGoals goals =
        new RepairGoals(
            List.of(Aim.MODEL_BIAS, Aim.WORST_GROUP), OptionalDouble.empty(), Set.of(), true);

    assertThat(judged(measured(RISES, RISES), goals).declined())
        .contains(
            "on the test rows the repair does the opposite of what it is for: Model Bias by 'town' changes by +3.0 points"
                + " [+1.0, +5.0].");
  }

  @Test
  void rows_cannot_show_what_does_not_point_that_way() {
    PairedChange up = new PairedChange(0.005, -0.02, 0.03);

    assertThat(judged(measured(up, OPEN), RepairGoals.of(Aim.MODEL_BIAS)).declined().orElseThrow())
        .endsWith("More rows are not expected to show it.");
  }

  @Test
  void beyond_the_limit_of_a_search_is_said_and_declines_nothing() {
    RepairGoals searched =
        new RepairGoals(List.of(Aim.MODEL_BIAS), OptionalDouble.of(0.01), true, Set.of(), false);
    RepairGoals generous =
        new RepairGoals(List.of(Aim.MODEL_BIAS), OptionalDouble.of(0.05), true, Set.of(), false);

    RepairJudgement judgement = judged(measured(FALLS, OPEN), searched);

    assertThat(judgement.declined()).isEmpty();
    assertThat(judgement.beyondLimit().orElseThrow())
        .startsWith("Overall accuracy falls by ")
        .endsWith(" on the test rows, beyond the limit of 1 that was kept by cross-validation.");
    assertThat(judged(measured(FALLS, OPEN), generous).beyondLimit()).isEmpty();
  }

  @Test
  void accuracy_and_harms_decline_where_they_are_limited() {
    RepairGoals costly =
        new RepairGoals(List.of(Aim.MODEL_BIAS), OptionalDouble.of(0.01), Set.of(), false);
    RepairGoals oneWay =
        new RepairGoals(
            List.of(Aim.MODEL_BIAS), OptionalDouble.empty(), Set.of(Harm.Code.ONE_WAY), false);
    Estimate none = new Estimate.Known(0, 0, 0);
    Harm harm =
        new Harm(Harm.Code.ONE_WAY, "40 of 40 changed decisions become favourable.", none, none);

    assertThat(judged(measured(FALLS, OPEN), costly).declined())
        .contains(
            "on the test rows it costs 1.5 points of overall accuracy, more than the 1 allowed.");
    assertThat(judged(measured(FALLS, OPEN, harm), oneWay).declined())
        .contains(
            "it does what was refused (one-way): 40 of 40 changed decisions become favourable.");
    assertThat(judged(measured(FALLS, OPEN, harm), RepairGoals.of(Aim.MODEL_BIAS)).declined())
        .isEmpty();
  }

  @Test
  void what_the_method_says_against_it_goes_first() {
    RepairJudgement judgement =
        RepairJudgement.of(
            proposal.decline("it cannot be read."),
            measured(RISES, OPEN),
            RepairGoals.of(Aim.MODEL_BIAS));

    assertThat(judgement.declined()).contains("it cannot be read.");
  }

  @Test
  void aims_and_harms_have_names() {
    assertThat(Aim.of("worst-group", true)).isEqualTo(Aim.WORST_GROUP);
    assertThatThrownBy(() -> Aim.of("worst-group", false))
        .isInstanceOf(RepairException.class)
        .hasMessage(
            "Nothing called 'worst-group' can be lowered; choose one of model-bias, largest-gap, counterfactual-bias.");
    assertThatThrownBy(() -> Harm.Code.of("pain"))
        .isInstanceOf(RepairException.class)
        .hasMessage(
            "There is no harm 'pain'; choose among accuracy, average-group, worst-group, impact-ratio, one-way, calibration, attribute.");
  }
}
