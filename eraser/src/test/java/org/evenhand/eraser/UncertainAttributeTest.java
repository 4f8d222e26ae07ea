package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

/** Rules distilled from rows whose attribute is unknown, or known by probabilities only. */
class UncertainAttributeTest {
  private static final Calibration KNOWN = Calibrations.random(2, 2, 4_000, 0.8, 7);
  private static final int[] NOT_TENTH =
      IntStream.range(0, KNOWN.rows()).filter(row -> row % 10 != 0).toArray();

  private static Calibration with(Attribute attribute) {
    return new Calibration(
        KNOWN.inputs(), KNOWN.answers(), KNOWN.target(), attribute, KNOWN.weights());
  }

  /** Every tenth row is unknown. */
  private static Calibration partlyKnown() {
    int[] codes = KNOWN.attribute().codes().clone();
    for (int row = 0; row < codes.length; row += 10) {
      codes[row] = Attribute.UNKNOWN;
    }
    return with(new Attribute("b", KNOWN.attribute().values(), codes));
  }

  /** The true value has the given probability. */
  private static Calibration probable(double certainty) {
    int[] codes = KNOWN.attribute().codes();
    double[] probabilities = new double[2 * codes.length];
    for (int row = 0; row < codes.length; row++) {
      probabilities[2 * row + codes[row]] = certainty;
      probabilities[2 * row + 1 - codes[row]] = 1 - certainty;
    }
    return with(new Attribute("b", KNOWN.attribute().values(), codes, Optional.of(probabilities)));
  }

  private static double[] table(Calibration calibration) {
    return Calibrations.oracle(calibration).parts().get(0).cells().geometricTable().entries();
  }

  private static ErasureProposal propose(Calibration calibration) {
    return Eraser.propose(
        new LabelledSet(
            calibration.inputs(),
            calibration.target(),
            List.of(calibration.attribute()),
            calibration.weights()),
        List.of("b"),
        calibration.answers(),
        new OracleTrainer("b"),
        EraserSettings.DEFAULT);
  }

  @Test
  void unknown_rows_say_nothing_about_the_rule() {
    assertThat(table(partlyKnown())).isEqualTo(table(KNOWN.select(NOT_TENTH)));
  }

  @Test
  void certain_probabilities_give_the_rule_of_certain_values() {
    assertThat(table(probable(1))).isEqualTo(table(KNOWN));
  }

  @Test
  void a_bias_is_removed_although_some_rows_are_unknown_and_their_number_is_said() {
    ErasureProposal proposal = propose(partlyKnown());

    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.candidates())
        .filteredOn(candidate -> candidate.estimator().equals(proposal.estimator()))
        .allSatisfy(chosen -> assertThat(chosen.modelBias()).isLessThan(0.05));
    assertThat(proposal.diagnoses().get(0).warnings())
        .contains(
            "'b' is unknown for 400 calibration rows; its rule is distilled from the others.");
  }

  @Test
  void two_attributes_may_be_unknown_for_different_rows() {
    int[] codes = KNOWN.attribute().codes().clone();
    Arrays.fill(codes, 0, 300, Attribute.UNKNOWN);
    Attribute other = new Attribute("c", KNOWN.attribute().values(), codes);
    LabelledSet set =
        new LabelledSet(
            KNOWN.inputs(),
            KNOWN.target(),
            List.of(partlyKnown().attribute(), other),
            KNOWN.weights());

    ErasureProposal proposal =
        Eraser.propose(
            set,
            List.of("b", "c"),
            KNOWN.answers(),
            new OracleTrainer("b"),
            EraserSettings.DEFAULT.withEstimator(Estimator.of("C2")));

    assertThat(proposal.diagnoses())
        .extracting(diagnosis -> diagnosis.warnings().get(0))
        .containsExactly(
            "'b' is unknown for 400 calibration rows; its rule is distilled from the others.",
            "'c' is unknown for 300 calibration rows; its rule is distilled from the others.");
  }

  /**
   * The documented caveat: where the true value has probability q, a group's mean mixes both
   * values'. With groups of equal size the difference of the rules shrinks to 2q − 1 of itself, and
   * with others to less.
   */
  @Test
  void a_rule_distilled_by_probabilities_is_understated() {
    Calibration even = Calibrations.random(2, 2, 40_000, 0, 3);
    double[] certain = table(even);
    int[] codes = even.attribute().codes();
    double[] probabilities = new double[2 * codes.length];
    for (int row = 0; row < codes.length; row++) {
      probabilities[2 * row + codes[row]] = 0.9;
      probabilities[2 * row + 1 - codes[row]] = 0.1;
    }
    Attribute attribute =
        new Attribute("b", even.attribute().values(), codes, Optional.of(probabilities));
    double[] probable =
        table(
            new Calibration(
                even.inputs(), even.answers(), even.target(), attribute, even.weights()));

    assertThat((probable[0] - probable[2]) / (certain[0] - certain[2]))
        .isCloseTo(0.8, within(0.01));
  }
}
