package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.Correction;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.PairChances;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Twins;
import org.junit.jupiter.api.Test;

/** Equal odds among several classes. */
class MultiplierOddsTest {
  private static final Calibration BIASED = Calibrations.random(3, 3, 3_000, 0.7, 7);
  private static final EqualOdds EQUAL_ODDS = new EqualOdds(new OracleTrainer("b"));

  private static RepairTask task(Calibration rows) {
    return RepairTask.of(
        new LabelledSet(rows.inputs(), rows.target(), List.of(rows.attribute()), rows.weights()),
        rows.answers(),
        List.of(rows.attribute().name()));
  }

  private static int[] decisions(Proposal proposal, Calibration rows) {
    return ((Correction) proposal.change())
        .apply(rows.answers(), rows.inputs())
        .decisions(DecisionRule.MOST_PROBABLE);
  }

  private static GroupSummary summary(Calibration rows, int[] decisions) {
    return GroupSummary.of(rows.target(), rows.attribute(), decisions, rows.weights());
  }

  private static GroupSummary before(Calibration rows) {
    return summary(rows, rows.answers().decisions(DecisionRule.MOST_PROBABLE));
  }

  @Test
  void unseen_people_of_three_values_are_recognised_alike_in_three_classes() {
    Calibration unseen = Calibrations.random(3, 3, 20_000, 0.7, 8);

    GroupSummary after = summary(unseen, decisions(EQUAL_ODDS.propose(task(BIASED)), unseen));

    // The bias effect of 1.5 nats agrees with the class in most rows, which is why it pays overall.
    assertThat(before(unseen).modelBias()).isGreaterThan(0.15);
    assertThat(after.modelBias()).isLessThan(0.05);
    assertThat(after.average()).isGreaterThan(before(unseen).average() - 0.01);
    assertThat(after.worst()).isGreaterThan(before(unseen).worst() + 0.05);
  }

  /** The value is told by noisy inputs, and the model was trained on biased rows. */
  @Test
  void the_gap_falls_on_unseen_rows_where_the_value_must_be_recognised() {
    SimulatedWorld world = new SimulatedWorld(3, 0.9, 1.2, 2.5, false, 1);
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
    var deployed = world.deploy(trainer, 6_000, 1);
    SimulatedWorld.Rows fitted = world.drawBiased(2_000, 2);
    SimulatedWorld.Rows unseen = world.drawBalanced(10_000, 3);
    Calibration test = unseen.with(world.ask(deployed, unseen));

    Proposal proposal =
        new EqualOdds(trainer).propose(task(fitted.with(world.ask(deployed, fitted))));
    GroupSummary after = summary(test, decisions(proposal, test));

    assertThat(after.modelBias()).isLessThan(before(test).modelBias() / 4);
    assertThat(after.worst()).isGreaterThan(before(test).worst() + 0.1);
    assertThat(after.average()).isGreaterThan(before(test).average());
  }

  @Test
  void between_two_classes_multipliers_are_no_worse_than_thresholds() {
    Calibration rows = Calibrations.random(2, 2, 3_000, 0.8, 7);
    Calibration unseen = Calibrations.random(2, 2, 20_000, 0.8, 8);

    GroupSummary thresholds = summary(unseen, decisions(EQUAL_ODDS.propose(task(rows)), unseen));
    GroupSummary multipliers =
        summary(
            unseen,
            decisions(new MultiplierOdds(task(rows), new OracleTrainer("b")).propose(), unseen));

    assertThat(multipliers.modelBias()).isLessThan(thresholds.modelBias() + 0.01);
    assertThat(multipliers.average()).isGreaterThan(thresholds.average() - 0.01);
  }

  @Test
  void a_form_is_judged_by_decisions_about_rows_that_it_was_not_fitted_on() {
    List<Candidate> candidates = EQUAL_ODDS.candidates(task(BIASED));

    assertThat(candidates).hasSize(50);
    for (Candidate candidate : candidates.subList(0, 3)) {
      int[] fitted = decisions(candidate.proposal().get(), BIASED);
      int[] heldOut = candidate.decisions();
      long differing =
          IntStream.range(0, fitted.length).filter(row -> fitted[row] != heldOut[row]).count();
      assertThat(differing).isPositive().isLessThan(fitted.length / 10);
    }
  }

  /** Twins that differ from their rows by their label alone, and are numbered backwards. */
  @Test
  void a_twin_is_given_what_its_row_is_given_where_nothing_differs() {
    RepairTask task = task(BIASED);
    int[] rows = IntStream.range(0, BIASED.rows()).map(i -> BIASED.rows() - 1 - i).toArray();
    LabelledSet factual = task.rows().select(rows);
    Attribute own = factual.attribute(BIASED.attribute().name());
    int[] others = Arrays.stream(own.codes()).map(code -> (code + 1) % own.size()).toArray();
    LabelledSet counterfactual =
        new LabelledSet(
            factual.inputs(),
            factual.target(),
            List.of(new Attribute(own.name(), own.values(), others)),
            factual.weights());
    Twins twins =
        new Twins(
            new CounterfactualPairs(own.name(), factual, counterfactual, Relation.SAME_INDIVIDUAL),
            rows,
            BIASED.answers().select(rows));

    for (Candidate form : EQUAL_ODDS.candidates(task.withTwins(twins))) {
      PairChances chances = form.pairs().orElseThrow();
      assertThat(chances.counterfactual()).containsExactly(chances.factual(), within(1e-12));
      for (int pair = 0; pair < rows.length; pair++) {
        if (chances.factual()[pair] > 0.5) {
          assertThat(form.decisions()[rows[pair]]).isEqualTo(factual.target().codes()[pair]);
        }
      }
    }
  }
}
