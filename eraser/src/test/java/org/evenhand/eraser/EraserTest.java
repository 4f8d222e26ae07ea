package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EraserTest {
  private static final Calibration BIASED = Calibrations.random(2, 2, 4_000, 0.8, 7);

  private static LabelledSet set(Calibration calibration) {
    return new LabelledSet(
        calibration.inputs(),
        calibration.target(),
        List.of(calibration.attribute()),
        calibration.weights());
  }

  private static ErasureProposal propose(Calibration calibration, EraserSettings settings) {
    return Eraser.propose(
        set(calibration), List.of("b"), calibration.answers(), new OracleTrainer("b"), settings);
  }

  /** The same rows with a column that says nothing about the attribute. */
  private static Calibration unreadable(Calibration calibration) {
    Random random = new Random(1);
    int[] coin = IntStream.range(0, calibration.rows()).map(i -> random.nextInt(2)).toArray();
    return new Calibration(
        Table.of(List.of(new TextColumn("b", List.of("heads", "tails"), coin))),
        calibration.answers(),
        calibration.target(),
        calibration.attribute(),
        calibration.weights());
  }

  @Test
  void a_bias_that_the_inputs_show_is_removed() {
    ErasureProposal proposal = propose(BIASED, EraserSettings.DEFAULT);

    assertThat(proposal.declined()).isEmpty();
    Candidate chosen =
        proposal.candidates().stream()
            .filter(candidate -> candidate.estimator().equals(proposal.estimator()))
            .findFirst()
            .orElseThrow();
    // The bias effect is 1.5 nats on the logit of one class: it is all of the model's bias.
    assertThat(proposal.before().get(0).modelBias()).isGreaterThan(0.15);
    assertThat(chosen.modelBias()).isLessThan(0.05);
  }

  @Test
  void the_choice_is_the_least_biased_among_the_best_in_their_worst_group_and_says_so() {
    ErasureProposal proposal = propose(BIASED, EraserSettings.DEFAULT);

    assertThat(proposal.candidates()).hasSize(5).allMatch(Candidate::eligible);
    assertThat(proposal.why())
        .startsWith(
            "In 5-fold cross-validation on the calibration rows " + proposal.estimator().code())
        .contains("lowest Model Bias");
  }

  @Test
  void an_estimator_that_is_asked_for_is_taken() {
    ErasureProposal proposal =
        propose(BIASED, EraserSettings.DEFAULT.withEstimator(Estimator.of("p1")));

    assertThat(proposal.estimator().code()).isEqualTo("P1");
    assertThat(proposal.why()).isEqualTo("P1 was asked for.");
  }

  @Test
  void an_unknown_estimator_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Estimator.of("P9"))
        .hasMessage("There is no estimator 'P9'; choose one of C2, P1, P3, P3b, S1, S2, S3, S4.");
  }

  @Test
  void an_attribute_that_the_inputs_do_not_show_declines_the_repair() {
    ErasureProposal proposal = propose(unreadable(BIASED), EraserSettings.DEFAULT);

    assertThat(proposal.declined()).isPresent();
    assertThat(proposal.declined().orElseThrow())
        .startsWith("'b' cannot be read from the inputs that the patch gets (balanced accuracy 0.");
    assertThat(proposal.diagnoses().get(0).balancedAccuracyOfBiasPredictor())
        .isCloseTo(0.5, within(0.05));
    // Only the estimator in whose fit the predictor takes part may claim anything here.
    assertThat(proposal.estimator().code()).isEqualTo("S1");
  }

  @Test
  void a_model_without_bias_leaves_nothing_to_remove() {
    Calibration fair =
        Calibrations.mapLogits(
            BIASED, (row, k, logit) -> k == BIASED.attribute().codes()[row] ? logit - 1.5 : logit);

    ErasureProposal proposal = propose(fair, EraserSettings.DEFAULT);

    assertThat(proposal.declined().orElseThrow()).contains("there is nothing to remove");
  }

  @Test
  void labels_alone_are_refused_with_what_to_do() {
    Answers.Hard labels = new Answers.Hard(BIASED.target().classes(), BIASED.target().codes());

    assertThatThrownBy(
            () ->
                Eraser.propose(
                    set(BIASED),
                    List.of("b"),
                    labels,
                    new OracleTrainer("b"),
                    EraserSettings.DEFAULT))
        .isInstanceOf(EraserException.class)
        .hasMessageContaining("labels only")
        .hasMessageContaining("probabilities or logits");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 1})
  void the_strength_is_the_share_of_the_rule_that_is_subtracted(double strength) {
    EraserSettings settings =
        new EraserSettings(
            Goal.UNIFORM,
            strength,
            List.of(Estimator.of("C2")),
            5,
            1,
            1,
            EraserSettings.DEFAULT.decisionRule());
    Removal removal = propose(BIASED, settings).removal();

    double[] before = BIASED.answers().logProbabilities();
    double[] after = removal.apply(BIASED.answers(), BIASED.inputs()).logProbabilities();
    double[] rule = removal.rule().logRule(BIASED.inputs());
    for (int row = 0; row < BIASED.rows(); row++) {
      int at = 2 * row;
      double shift = (before[at + 1] - before[at]) - (after[at + 1] - after[at]);
      assertThat(shift).isCloseTo(strength * (rule[at + 1] - rule[at]), within(1e-9));
    }
  }

  @Test
  void keeping_the_class_prior_leaves_a_model_without_bias_untouched() {
    // Every value of b has the same class prior of 0.2 and the same answers: there is a prior, but
    // no bias.
    Random random = new Random(3);
    int rows = 20_000;
    int[] targets = new int[rows];
    int[] values = new int[rows];
    double[] logits = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      values[row] = random.nextInt(2);
      targets[row] = random.nextDouble() < 0.2 ? 1 : 0;
      logits[2 * row + 1] = Math.log(0.25) + (targets[row] == 1 ? 1 : -1) + random.nextGaussian();
    }
    Calibration calibration = Calibrations.of(2, 2, targets, values, logits);
    double[] kept =
        Calibrations.oracle(calibration)
            .removal(Estimator.of("C2"), Goal.KEEP_CLASS_PRIOR, 1)
            .apply(calibration.answers(), calibration.inputs())
            .logProbabilities();

    double[] before = calibration.answers().logProbabilities();
    double error = CellStatistics.of(calibration).standardError(0);
    for (int i = 0; i < before.length; i += 2) {
      // What is left is the noise of the two tables' difference, in log odds.
      assertThat((kept[i + 1] - kept[i]) - (before[i + 1] - before[i]))
          .isCloseTo(0, within(4 * 2 * error));
    }
  }

  @ParameterizedTest
  @EnumSource(Goal.class)
  void thread_count_changes_nothing(Goal goal) {
    EraserSettings one =
        new EraserSettings(
            goal,
            1,
            EraserSettings.DEFAULT.estimators(),
            5,
            3,
            1,
            EraserSettings.DEFAULT.decisionRule());
    EraserSettings three =
        new EraserSettings(
            goal,
            1,
            EraserSettings.DEFAULT.estimators(),
            5,
            3,
            3,
            EraserSettings.DEFAULT.decisionRule());

    ErasureProposal first = propose(BIASED, one);
    ErasureProposal second = propose(BIASED, three);

    assertThat(second.candidates()).isEqualTo(first.candidates());
    assertThat(second.removal().apply(BIASED.answers(), BIASED.inputs()).logProbabilities())
        .isEqualTo(first.removal().apply(BIASED.answers(), BIASED.inputs()).logProbabilities());
  }

  @Test
  void the_map_table_repairs_what_unequal_spreads_do_to_the_geometric_one() {
    // N(0,1) against N(2,s²), s = 0.5, π(1) = 0.1: by quadrature, balanced accuracy is 85.65 with
    // the
    // geometric table and 91.53 with the true prior.
    Random random = new Random(13);
    int rows = 20_000;
    int[] targets = new int[rows];
    double[] logits = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 2;
      double x = targets[row] == 0 ? random.nextGaussian() : 2 + 0.5 * random.nextGaussian();
      logits[2 * row + 1] =
          Math.log(0.1 / 0.9) - Math.log(0.5) - (x - 2) * (x - 2) / 0.5 + x * x / 2;
    }
    int[] values = IntStream.range(0, rows).map(row -> row / 2 % 2).toArray();
    Calibration calibration = Calibrations.of(2, 2, targets, values, logits);

    assertThat(accuracy(calibration, "C2")).isCloseTo(0.8565, within(0.01));
    assertThat(accuracy(calibration, "S1")).isCloseTo(0.9153, within(0.01));
  }

  private static double accuracy(Calibration calibration, String code) {
    int[] decisions = Calibrations.corrected(Estimator.of(code), calibration);
    int[] targets = calibration.target().codes();
    return IntStream.range(0, targets.length).filter(i -> decisions[i] == targets[i]).count()
        / (double) targets.length;
  }

  @Test
  void a_group_without_calibration_rows_is_filled_but_not_claimed() {
    int[] kept =
        IntStream.range(0, BIASED.rows())
            .filter(
                row -> BIASED.target().codes()[row] == 0 || BIASED.attribute().codes()[row] == 1)
            .toArray();

    ErasureProposal proposal = propose(BIASED.select(kept), EraserSettings.DEFAULT);

    assertThat(proposal.estimator().code()).isEqualTo("S4");
    assertThat(proposal.declined().orElseThrow())
        .isEqualTo(
            "The calibration rows hold no row of group (t = t1, b = b0), so nothing shows what the correction does to"
                + " it; add some.");
  }

  @Test
  void few_rows_and_uncertain_rules_are_warned_of() {
    int[] few = new int[60];
    Arrays.setAll(few, i -> i);

    Diagnosis diagnosis = propose(BIASED.select(few), EraserSettings.DEFAULT).diagnoses().get(0);

    assertThat(diagnosis.cells()).hasSize(4);
    assertThat(diagnosis.cells().stream().mapToDouble(Diagnosis.Cell::n).sum()).isEqualTo(60);
    assertThat(diagnosis.warnings())
        .anyMatch(warning -> warning.contains("calibration rows are in group"));
    assertThat(diagnosis.warnings()).anyMatch(warning -> warning.contains("standard error"));
  }

  @Test
  void saturated_answers_are_warned_of() {
    Calibration saturated = Calibrations.mapLogits(BIASED, (row, k, logit) -> 40 * logit);

    assertThat(propose(saturated, EraserSettings.DEFAULT).diagnoses().get(0).warnings())
        .anyMatch(warning -> warning.contains("Ask for logits or more digits"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P3b", "S2", "S3"})
  void estimators_outside_the_default_choice_remove_a_readable_bias_too(String code) {
    int[] decisions = Calibrations.corrected(Estimator.of(code), BIASED);

    double bias =
        GroupSummary.of(BIASED.target(), BIASED.attribute(), decisions, BIASED.weights())
            .modelBias();
    assertThat(bias).isLessThan(0.05);
  }

  @Test
  void probabilities_rounded_to_two_decimals_are_clipped_at_half_a_unit_before_the_logarithm() {
    // One zero among a hundred certain answers would move the mean log by 16/100 nats, had it not
    // been clipped.
    double[] logs = {Math.log(1e-7), Math.log(1 - 1e-7), Math.log(0.37), Math.log(0.63)};

    Rounding.clip(logs);

    assertThat(Math.exp(logs[0])).isCloseTo(0.005, within(1e-12));
    assertThat(Math.exp(logs[2])).isCloseTo(0.37, within(1e-12));
  }

  @Test
  void probabilities_with_all_their_digits_are_left_alone() {
    double[] logs = {Math.log(1 / 3.0), Math.log(2 / 3.0)};
    double[] before = logs.clone();

    Rounding.clip(logs);

    assertThat(Rounding.isRounded(logs)).isFalse();
    assertThat(logs).isEqualTo(before);
  }

  @Test
  void the_whole_family_can_be_compared_side_by_side() {
    EraserSettings all =
        new EraserSettings(
            Goal.UNIFORM, 1, Estimator.all(), 2, 1, 2, EraserSettings.DEFAULT.decisionRule());

    assertThat(propose(BIASED, all).candidates())
        .extracting(candidate -> candidate.estimator().code())
        .containsExactly("C2", "S4", "S1", "P3", "P1", "P3b", "S2", "S3");
  }
}
