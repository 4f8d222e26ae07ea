package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.evenhand.core.Answers;
import org.evenhand.core.CoreException;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Progress;
import org.junit.jupiter.api.Test;

/** What a task refuses, and what it, its proposal and their facts hold. */
class RepairTaskTest {
  private static final List<String> TOWN = List.of("town");

  private static RepairTask task() {
    return RepairTask.of(Loans.rows(), Loans.answers(), TOWN);
  }

  private static void refused(
      Runnable action, Class<? extends EvenhandException> type, String message) {
    assertThatThrownBy(action::run).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void a_task_starts_with_seed_1_one_thread_and_the_most_probable_class() {
    assertThat(task().seed()).isEqualTo(1);
    assertThat(task().threads()).isEqualTo(1);
    assertThat(task().decisionRule()).isEqualTo(DecisionRule.MOST_PROBABLE);
  }

  @Test
  void settings_change_one_at_a_time() {
    DecisionRule strict = DecisionRule.threshold(0.9);
    RepairTask task = task().withSeed(7).withThreads(3, Progress.NONE).withDecisionRule(strict);

    assertThat(task.seed()).isEqualTo(7);
    assertThat(task.threads()).isEqualTo(3);
    assertThat(task.decisionRule()).isEqualTo(strict);
    assertThat(task.attributes()).isEqualTo(TOWN);
  }

  @Test
  void every_row_needs_an_answer() {
    Answers five = Loans.answers().select(new int[] {0, 1, 2, 3, 4});
    refused(
        () -> RepairTask.of(Loans.rows(), five, TOWN),
        RepairException.class,
        "There are 5 answers for 6 rows; a task needs one answer per row.");
  }

  @Test
  void an_attribute_must_be_named_and_among_the_rows() {
    refused(
        () -> RepairTask.of(Loans.rows(), Loans.answers(), List.of()),
        RepairException.class,
        "Name at least one attribute whose bias is to be repaired.");
    refused(
        () -> RepairTask.of(Loans.rows(), Loans.answers(), List.of("age")),
        CoreException.class,
        "The labelled set has no attribute 'age'.");
  }

  @Test
  void labels_alone_are_no_scores() {
    RepairTask labels =
        RepairTask.of(Loans.rows(), new Answers.Hard(Loans.CLASSES, new int[6]), TOWN);
    Answers.Soft scores = Loans.answers();
    assertThat(RepairTask.of(Loans.rows(), scores, TOWN).scores()).isSameAs(scores);
    refused(
        labels::scores,
        RepairException.class,
        "The model answers with labels only; a repair of its answers needs probabilities or logits, so let the model"
            + " put out one of them. "
            + Answers.Hard.WAYS_TO_SCORES);
  }

  @Test
  void a_black_box_has_no_head() {
    refused(
        task()::head,
        RepairException.class,
        "Editing needs a model that shows its last layer, and this one does not; correct its answers instead.");
  }

  @Test
  void there_is_at_least_one_thread() {
    refused(
        () -> task().withThreads(0, Progress.NONE),
        RepairException.class,
        "The number of threads is 0; it must be at least 1.");
  }

  @Test
  void a_proposal_that_is_declined_differs_in_that_alone() {
    Proposal proposal = Loans.proposal(new Loans.Shift(1));
    Proposal declined = proposal.decline("It does nothing.");

    assertThat(declined.declined()).contains("It does nothing.");
    assertThat(declined).usingRecursiveComparison().ignoringFields("declined").isEqualTo(proposal);
  }

  @Test
  void a_row_of_a_table_has_a_value_for_each_column() {
    List<FactTable.Column> columns =
        List.of(new FactTable.Column("a", "A"), new FactTable.Column("b", "B"));
    List<List<Value>> rows = List.of(List.of(new Value.Text("alone")));

    assertThatThrownBy(() -> new FactTable("t", "T", "", columns, rows, OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 values for 2 columns");
  }
}
