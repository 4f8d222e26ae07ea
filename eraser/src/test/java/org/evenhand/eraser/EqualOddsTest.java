package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;

class EqualOddsTest {
  private static final Calibration BIASED = Calibrations.random(2, 2, 3_000, 0.8, 7);
  private static final EqualOdds EQUAL_ODDS = new EqualOdds(new OracleTrainer("b"));

  private static RepairTask task(Calibration rows) {
    return RepairTask.of(
        new LabelledSet(rows.inputs(), rows.target(), List.of(rows.attribute()), rows.weights()),
        rows.answers(),
        List.of("b"));
  }

  private static GroupSummary summary(Calibration rows, int[] decisions) {
    return GroupSummary.of(rows.target(), rows.attribute(), decisions, rows.weights());
  }

  private static int[] decisions(Proposal proposal, Calibration rows, DecisionRule rule) {
    return ((Correction) proposal.change()).apply(rows.answers(), rows.inputs()).decisions(rule);
  }

  @Test
  void unseen_people_of_both_values_are_recognised_alike_at_no_cost_in_accuracy() {
    Calibration unseen = Calibrations.random(2, 2, 20_000, 0.8, 8);
    GroupSummary before = summary(unseen, unseen.answers().decisions(DecisionRule.MOST_PROBABLE));

    Proposal proposal = EQUAL_ODDS.propose(task(BIASED));
    GroupSummary after = summary(unseen, decisions(proposal, unseen, DecisionRule.MOST_PROBABLE));

    // The bias effect of 1.5 nats agrees with the class in most rows, which is why it pays overall.
    assertThat(before.modelBias()).isGreaterThan(0.15);
    assertThat(after.modelBias()).isLessThan(0.04);
    assertThat(after.average()).isGreaterThan(before.average() - 0.01);
    assertThat(after.worst()).isGreaterThan(before.worst() + 0.05);
  }

  @Test
  void a_form_is_judged_by_decisions_about_rows_that_it_was_not_fitted_on() {
    List<Candidate> candidates = EQUAL_ODDS.candidates(task(BIASED));

    assertThat(candidates).hasSize(252);
    for (Candidate candidate : candidates.subList(0, 3)) {
      int[] fitted = decisions(candidate.proposal().get(), BIASED, DecisionRule.MOST_PROBABLE);
      int[] heldOut = candidate.decisions();
      long differing =
          IntStream.range(0, fitted.length).filter(row -> fitted[row] != heldOut[row]).count();
      assertThat(differing).isPositive().isLessThan(fitted.length / 10);
    }
  }

  @Test
  void it_says_whether_it_reads_the_attribute_and_how_well_the_inputs_tell_it() {
    FactGroup diagnosis = (FactGroup) EQUAL_ODDS.propose(task(BIASED)).details().get(0);
    FactGroup ofAttribute = (FactGroup) diagnosis.details().get(0);

    assertThat(ofAttribute.title()).isEqualTo("b");
    assertThat(((Fact) ofAttribute.details().get(0)).value())
        .isEqualTo(new Value.Text("yes, it is one of the inputs"));
    assertThat(((Fact) ofAttribute.details().get(1)).value())
        .isEqualTo(new Value.Quantity(1, Value.Unit.PERCENT));
  }

  @Test
  void the_same_people_are_decided_alike_under_a_threshold() {
    DecisionRule strict = DecisionRule.threshold(0.7);
    Proposal usual = EQUAL_ODDS.propose(task(BIASED));
    Proposal moved = EQUAL_ODDS.propose(task(BIASED).withDecisionRule(strict));

    assertThat(decisions(moved, BIASED, strict))
        .isEqualTo(decisions(usual, BIASED, DecisionRule.MOST_PROBABLE));
  }

  @Test
  void labels_alone_are_refused() {
    LabelledSet rows =
        new LabelledSet(
            BIASED.inputs(), BIASED.target(), List.of(BIASED.attribute()), BIASED.weights());
    Answers labels = new Answers.Hard(BIASED.target().classes(), BIASED.target().codes());

    assertThatThrownBy(() -> EQUAL_ODDS.propose(RepairTask.of(rows, labels, List.of("b"))))
        .hasMessageStartingWith("The model answers with labels only");
  }
}
