package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairException;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;

/** The eraser as a repair says what the eraser says. */
class ErasureTest {
  private static final Calibration BIASED = Calibrations.random(2, 2, 2_000, 0.8, 7);
  private static final long SEED = 5;

  private static final EraserSettings SETTINGS =
      new EraserSettings(
          Goal.UNIFORM,
          0.9,
          EraserSettings.DEFAULT.estimators(),
          EraserSettings.DEFAULT.folds(),
          SEED,
          1,
          EraserSettings.DEFAULT.decisionRule());

  private static LabelledSet set(Table inputs) {
    return new LabelledSet(inputs, BIASED.target(), List.of(BIASED.attribute()), BIASED.weights());
  }

  private static RepairTask task(Table inputs) {
    return RepairTask.of(set(inputs), BIASED.answers(), List.of("b")).withSeed(SEED);
  }

  private static Proposal propose(Table inputs) {
    return new Erasure(new OracleTrainer("b"), SETTINGS).propose(task(inputs));
  }

  private static ErasureProposal found(Table inputs) {
    return Eraser.propose(
        set(inputs), List.of("b"), BIASED.answers(), new OracleTrainer("b"), SETTINGS);
  }

  private static double[] corrected(Removal removal) {
    return removal.apply(BIASED.answers(), BIASED.inputs()).logProbabilities();
  }

  @Test
  void it_proposes_the_erasers_removal_and_the_other_goals_as_an_alternative() {
    Proposal proposal = propose(BIASED.inputs());
    ErasureProposal found = found(BIASED.inputs());

    assertThat(proposal.method()).isEqualTo(Erasure.METHOD);
    assertThat(proposal.attributes()).containsExactly("b");
    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.why()).isEqualTo(found.why());
    assertThat(proposal.variant())
        .isEqualTo(
            new Proposal.Variant(
                "estimator", found.estimator().code(), found.estimator().title(), "uniform"));
    assertThat(corrected((Removal) proposal.change())).isEqualTo(corrected(found.removal()));
    assertThat(proposal.alternatives())
        .singleElement()
        .satisfies(
            other -> {
              assertThat(other.label()).isEqualTo("keep-class-prior");
              assertThat(corrected((Removal) other.change()))
                  .isEqualTo(corrected(found.otherGoal()));
            });
  }

  @Test
  void goal_and_strength_are_its_settings() {
    assertThat(propose(BIASED.inputs()).settings())
        .extracting(Fact::key, Fact::value)
        .containsExactly(
            tuple("goal", new Value.Text("uniform")),
            tuple("strength", new Value.Quantity(0.9, Value.Unit.PERCENT)),
            tuple("patch", new Value.Text("patch of 2 outputs")));
  }

  @Test
  void every_candidate_is_in_the_table_and_the_chosen_one_marked() {
    FactTable table = propose(BIASED.inputs()).candidates().orElseThrow();
    ErasureProposal found = found(BIASED.inputs());

    assertThat(table.rows()).hasSameSizeAs(found.candidates());
    for (int i = 0; i < table.rows().size(); i++) {
      Candidate candidate = found.candidates().get(i);
      assertThat(table.rows().get(i).get(0))
          .isEqualTo(new Value.Text(candidate.estimator().code()));
      assertThat(number(table.rows().get(i).get(2))).isEqualTo(candidate.worst());
      assertThat(number(table.rows().get(i).get(3))).isEqualTo(candidate.modelBias());
      assertThat(number(table.rows().get(i).get(4))).isEqualTo(candidate.average());
    }
    int chosen = table.chosen().orElseThrow();
    assertThat(table.rows().get(chosen).get(0)).isEqualTo(new Value.Text(found.estimator().code()));
  }

  private static double number(Value value) {
    return ((Value.Quantity) value).number();
  }

  @Test
  void the_diagnosis_of_each_attribute_is_among_its_details() {
    FactGroup diagnosis = (FactGroup) propose(BIASED.inputs()).details().get(0);
    Diagnosis expected = found(BIASED.inputs()).diagnoses().get(0);

    FactGroup ofB = (FactGroup) diagnosis.details().get(0);
    assertThat(ofB.key()).isEqualTo("b");
    assertThat(((Fact) ofB.details().get(0)).value())
        .isEqualTo(new Value.Text("yes, it is one of the inputs"));
    assertThat(number(((Fact) ofB.details().get(1)).value()))
        .isEqualTo(expected.balancedAccuracyOfBiasPredictor());
    FactTable cells = (FactTable) ofB.details().get(2);
    assertThat(cells.rows()).hasSize(4);
    assertThat(cells.rows().stream().mapToDouble(row -> number(row.get(2))).sum()).isEqualTo(2_000);
  }

  @Test
  void what_the_eraser_advises_against_is_declined_with_its_reason_and_warnings() {
    Random random = new Random(1);
    int[] coin = IntStream.range(0, BIASED.rows()).map(i -> random.nextInt(2)).toArray();
    Table blind = Table.of(List.of(new TextColumn("b", List.of("heads", "tails"), coin)));

    Proposal proposal = propose(blind);

    assertThat(proposal.declined()).isPresent().isEqualTo(found(blind).declined());
    assertThat(proposal.warnings())
        .isNotEmpty()
        .isEqualTo(found(blind).diagnoses().get(0).warnings());
  }

  @Test
  void the_tasks_seed_counts_and_not_that_of_the_settings() {
    EraserSettings other =
        new EraserSettings(
            SETTINGS.goal(),
            SETTINGS.strength(),
            SETTINGS.estimators(),
            SETTINGS.folds(),
            SEED + 1,
            1,
            SETTINGS.decisionRule());

    Proposal proposal = new Erasure(new OracleTrainer("b"), other).propose(task(BIASED.inputs()));

    assertThat(proposal.candidates()).isEqualTo(propose(BIASED.inputs()).candidates());
  }

  @Test
  void labels_alone_are_refused() {
    RepairTask labels =
        RepairTask.of(
            set(BIASED.inputs()),
            new Answers.Hard(BIASED.target().classes(), new int[BIASED.rows()]),
            List.of("b"));
    Erasure erasure = new Erasure(new OracleTrainer("b"), SETTINGS);

    assertThatThrownBy(() -> erasure.propose(labels))
        .isInstanceOf(RepairException.class)
        .hasMessageStartingWith("The model answers with labels only;");
  }
}
