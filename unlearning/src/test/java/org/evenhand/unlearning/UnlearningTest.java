package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnlearningTest {
  private static final SmallWorld WORLD = SmallWorld.biased();

  private static List<Update> updates() {
    return Update.all();
  }

  private static Stream<Update> edits() {
    // A refit forgets the head: on a set this small it may end on the other side of fairness.
    return Update.all().stream().filter(update -> !(update instanceof PairRefit));
  }

  private static UnlearningProposal propose(SmallWorld world, Update update) {
    return Unlearning.propose(
        world.head(), world.pairs(), UnlearningSettings.DEFAULT.withUpdates(List.of(update)));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void every_edit_of_a_biased_head_is_proposed(Update update) {
    assertThat(propose(WORLD, update).declined()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("updates")
  void every_rule_lowers_the_bias_of_pairs_that_it_has_not_seen(Update update) {
    Head before = WORLD.head().head();

    UnlearningProposal proposal = propose(WORLD, update);

    assertThat(proposal.update()).isEqualTo(update);
    assertThat(WORLD.bias(proposal.head())).isLessThan(0.9 * WORLD.bias(before));
    assertThat(WORLD.accuracy(proposal.head())).isGreaterThan(WORLD.accuracy(before) - 0.01);
    assertThat(proposal.after().bias()).isLessThan(proposal.before().bias());
    assertThat(proposal.predictedChange()).isNegative();
  }

  @ParameterizedTest
  @MethodSource("updates")
  void no_rule_makes_a_fair_head_biased_and_all_say_that_there_is_nothing_to_remove(Update update) {
    SmallWorld fair = SmallWorld.fair();

    UnlearningProposal proposal = propose(fair, update);

    assertThat(fair.bias(fair.head().head())).isZero();
    assertThat(fair.bias(proposal.head())).isLessThan(0.001);
    assertThat(proposal.declined())
        .contains(
            "on pairs that it was not fitted to, no admissible edit lowers the bias of 0.0000 by more"
                + " than chance explains.");
  }

  @Test
  void the_default_removes_most_of_the_bias_and_keeps_the_accuracy() {
    Head before = WORLD.head().head();

    UnlearningProposal proposal =
        Unlearning.propose(WORLD.head(), WORLD.pairs(), UnlearningSettings.DEFAULT);

    assertThat(WORLD.bias(before)).isGreaterThan(0.3);
    assertThat(WORLD.bias(proposal.head())).isLessThan(0.3 * WORLD.bias(before));
    assertThat(WORLD.accuracy(proposal.head())).isGreaterThanOrEqualTo(WORLD.accuracy(before));
  }

  @Test
  void what_the_choice_saw_is_what_unseen_pairs_show() {
    UnlearningProposal proposal =
        Unlearning.propose(WORLD.head(), WORLD.pairs(), UnlearningSettings.DEFAULT);

    assertThat(proposal.before().bias()).isCloseTo(WORLD.bias(WORLD.head().head()), within(0.03));
    assertThat(proposal.after().bias()).isCloseTo(WORLD.bias(proposal.head()), within(0.03));
    assertThat(proposal.after().accuracy())
        .isCloseTo(WORLD.accuracy(proposal.head()), within(0.03));
  }

  @Test
  void the_same_seed_gives_the_same_head() {
    UnlearningSettings settings = UnlearningSettings.DEFAULT.withSeed(7);

    UnlearningProposal once = Unlearning.propose(WORLD.head(), WORLD.pairs(), settings);
    UnlearningProposal again = Unlearning.propose(WORLD.head(), WORLD.pairs(), settings);

    assertThat(again.head().layer().weights()).isEqualTo(once.head().layer().weights());
    assertThat(again.candidates()).isEqualTo(once.candidates());
  }

  @Test
  void the_certificate_vouches_for_the_numbers() {
    UnlearningProposal.Certificate certificate = propose(WORLD, new Consistency()).certificate();

    assertThat(certificate.parameters()).isEqualTo(4);
    assertThat(certificate.gradientResidual()).isLessThan(1e-8);
    assertThat(certificate.conditionNumber()).isBetween(1.0, 100.0);
    // The head was trained with a ridge of 1e-3 a row.
    assertThat(certificate.trainingGradient()).isBetween(1e-4, 1e-2);
    assertThat(certificate.change()).isPositive();
  }
}
