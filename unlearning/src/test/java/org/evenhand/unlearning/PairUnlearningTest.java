package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Aim;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Twins;
import org.junit.jupiter.api.Test;

/** Fast Model Debias in a search, on rows whose side can be turned. */
class PairUnlearningTest {
  private static final HeadEditTest.Model MODEL =
      new HeadEditTest.Model(SmallWorld.biased().head().head());
  private static final int ROWS = 800;

  private static CounterfactualPairs pairs(int rows, long seed) {
    return new CounterfactualPairs(
        "side",
        HeadEditTest.rows(rows, 0.7, seed, 1),
        HeadEditTest.rows(rows, 0.7, seed, -1),
        Relation.SAME_INDIVIDUAL);
  }

  private static RepairTask unpaired() {
    LabelledSet rows = pairs(ROWS, 5).factual();
    return RepairTask.of(rows, MODEL.answer(rows.inputs()), List.of("side"))
        .withHead(HeadTask.of(MODEL, rows));
  }

  private static RepairTask task() {
    CounterfactualPairs pairs = pairs(ROWS, 5);
    return unpaired()
        .withTwins(
            new Twins(
                pairs,
                IntStream.range(0, ROWS).toArray(),
                (Answers.Soft) MODEL.answer(pairs.counterfactual().inputs())));
  }

  private static double bias(Head head, CounterfactualPairs pairs) {
    HeadShape shape = HeadShape.of(head);
    return new CounterfactualBiasFunction(PairRows.of(MODEL, pairs))
        .value(shape, shape.parameters(head));
  }

  private static double accuracy(Head head, LabelledSet rows) {
    int[] decided =
        head.answers(MODEL.features(rows.inputs())).decisions(DecisionRule.MOST_PROBABLE);
    return IntStream.range(0, decided.length)
            .filter(row -> decided[row] == rows.target().codes()[row])
            .count()
        / (double) decided.length;
  }

  @Test
  void the_bias_of_unseen_people_falls_within_the_limit_on_accuracy() {
    CounterfactualPairs unseen = pairs(5_000, 6);

    Proposal proposal =
        new RepairSearch(
                List.of(new PairUnlearning()), SearchLimits.of(Aim.COUNTERFACTUAL_BIAS, 0.02))
            .propose(task());
    Head after = ((EditedHead) proposal.change()).head();

    assertThat(proposal.declined()).isEmpty();
    assertThat(bias(MODEL.head(), unseen)).isGreaterThan(0.2);
    assertThat(bias(after, unseen)).isLessThan(bias(MODEL.head(), unseen) / 3);
    // The limit is on 800 rows, one of which is an eighth of a point.
    assertThat(accuracy(after, unseen.factual()))
        .isGreaterThan(accuracy(MODEL.head(), unseen.factual()) - 0.03);
    assertThat(proposal.cautions()).contains(HeadEdit.PROXIES, HeadEdit.VALIDATE);
  }

  @Test
  void alone_it_proposes_what_a_search_over_its_forms_would() {
    Proposal proposal = new PairUnlearning().propose(task());

    assertThat(proposal.method()).isEqualTo(HeadEdit.METHOD);
    assertThat(proposal.why()).contains("points of counterfactual bias");
  }

  @Test
  void without_pairs_it_does_not_apply() {
    assertThatThrownBy(() -> new PairUnlearning().candidates(unpaired()))
        .isInstanceOf(UnlearningException.class)
        .hasMessage("There are no counterfactual pairs to unlearn from.");
  }
}
