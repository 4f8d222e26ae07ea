package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private final SmallWorld world = SmallWorld.biased();

  @Test
  void rows_whose_numbers_do_not_fit_are_counted() {
    refused(
        () -> new HeadRows(3, new double[5], new int[2], new double[1]),
        "2 rows of 3 features need 6 numbers and 2 weights, but there are 5 and 1.");
  }

  @Test
  void pairs_have_as_many_of_both_members() {
    HeadRows one = new HeadRows(1, new double[1], new int[1], new double[1]);
    HeadRows two = new HeadRows(1, new double[2], new int[2], new double[2]);
    refused(
        () -> new PairRows(one, two, new int[1], new int[1]),
        "Pairs need as many factual rows as counterparts, at least one, and of the same width.");
  }

  @Test
  void a_head_needs_rows_of_its_width() {
    HeadRows narrow = new HeadRows(1, new double[2], new int[2], new double[2]);
    refused(
        () -> TrainedHead.of(world.head().head(), narrow),
        "The head reads 4 features, but there are 2 rows of 1 to form its Hessian from.");
  }

  @Test
  void a_head_can_be_too_large() {
    HeadShape shape = new HeadShape(10, 10, 2048);
    HeadRows row = new HeadRows(2048, new double[2048], new int[1], new double[1]);
    refused(
        () -> new CrossEntropy(shape).hessian(new double[shape.parameters()], row),
        "The head has 20480 parameters, and its Hessian would not fit into memory; at most 16383 can be edited: use erase.");
  }

  @Test
  void every_training_row_needs_its_counterpart() {
    HeadRows few = world.head().training().select(new int[] {0, 1});
    refused(
        () -> world.head().withCounterfactuals(few),
        "There are 6000 training rows, but 2 counterparts.");
  }

  @Test
  void replacing_rows_needs_their_counterparts() {
    refused(
        () ->
            new ReplaceHarmful()
                .steps(TrainedHead.of(world.head().head(), world.head().training()), world.pairs()),
        "Replacing training rows needs their counterfactuals, which only rows of a table have: flip a column, or use another update.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
  void the_accuracy_that_an_edit_may_cost_is_a_share(double loss) {
    refused(
        () ->
            new UnlearningSettings(
                List.of(new Consistency()), loss, 5, 1, DecisionRule.MOST_PROBABLE),
        "The accuracy that an edit may cost is %s; it must lie between 0 and 1.".formatted(loss));
  }

  @Test
  void there_are_at_least_two_parts_and_one_rule() {
    refused(
        () ->
            new UnlearningSettings(List.of(new Consistency()), 0, 1, 1, DecisionRule.MOST_PROBABLE),
        "The pairs are divided into 1 parts; at least 2 are needed.");
    refused(
        () -> UnlearningSettings.DEFAULT.withUpdates(List.of()),
        "At least one update rule is needed.");
  }

  @Test
  void every_part_needs_two_pairs() {
    PairRows nine = world.pairs().select(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    refused(
        () -> Unlearning.propose(world.head(), nine, UnlearningSettings.DEFAULT),
        "There are 9 pairs, but choosing an update needs at least 10: two for each of 5 parts.");
  }

  @Test
  void a_model_that_does_not_read_the_attribute_has_nothing_to_unlearn() {
    HeadRows rows = world.pairs().factual();
    PairRows same = new PairRows(rows, rows, world.pairs().from(), world.pairs().to());
    refused(
        () ->
            Unlearning.propose(
                world.head(), same, Optional.empty(), UnlearningSettings.DEFAULT, Progress.NONE),
        "No pair differs in any feature of the model's head: the model does not read the attribute, so its"
            + " counterfactual bias is 0 and there is nothing to unlearn; if groups are treated differently all the"
            + " same, it is through other columns: use erase.");
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(UnlearningException.class).hasMessage(message);
  }
}
