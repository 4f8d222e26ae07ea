package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The true classes are no, yes, yes, no, no, yes. */
class EffectsTest {
  /** The normal quantile of 95 %. */
  private static final double Z = 1.6448536269514722;

  private static final int[] BEFORE = {0, 0, 1, 0, 1, 1};

  private static Effects effects(LabelledSet rows, AuditSettings settings, int... after) {
    Unseen unseen = Unseen.of("test", rows, Loans.answers(), settings);
    AuditResult audit = Measured.before(new Loans.Model(true), unseen);
    return Effects.of(Loans.proposal(new Loans.Shift(0)), unseen, audit, audit, BEFORE, after);
  }

  private static PairedChange overall(LabelledSet rows, AuditSettings settings, int... after) {
    return effects(rows, settings, after).overall();
  }

  private static PairedChange overall(int... after) {
    return overall(Loans.rows(), AuditSettings.DEFAULT, after);
  }

  private static void assertChange(PairedChange change, double value, double margin) {
    assertThat(change.value()).isCloseTo(value, within(1e-12));
    assertThat(change.low()).isCloseTo(value - margin, within(1e-12));
    assertThat(change.high()).isCloseTo(value + margin, within(1e-12));
  }

  @Test
  void accuracy_changes_by_the_mean_of_what_becomes_right_less_what_becomes_wrong() {
    // One row becomes right: mean 1/6, variance 1/6 - 1/36.
    assertChange(overall(0, 1, 1, 0, 1, 1), 1 / 6.0, Z * Math.sqrt(5 / 36.0 / 6));
    // One row becomes wrong.
    assertChange(overall(1, 0, 1, 0, 1, 1), -1 / 6.0, Z * Math.sqrt(5 / 36.0 / 6));
    // One of each.
    assertChange(overall(0, 1, 1, 1, 1, 1), 0, Z * Math.sqrt(2 / 6.0 / 6));
    assertChange(overall(BEFORE), 0, 0);
  }

  @Test
  void a_row_of_weight_2_counts_as_the_row_twice() {
    LabelledSet rows = Loans.rows(Loans.TOWN, 1, 2, 1, 1, 1, 1);
    AuditSettings frequencies = AuditSettings.builder().weights(WeightKind.FREQUENCY).build();

    // Two of seven rows become right.
    assertChange(
        overall(rows, frequencies, 0, 1, 1, 0, 1, 1), 2 / 7.0, Z * Math.sqrt(10 / 49.0 / 7));
  }

  @Test
  void every_figure_of_an_attribute_changes_by_what_it_is_after_less_before() {
    AuditSettings small = AuditSettings.builder().minGroupSize(1).build();

    // Of (yes, east) one of two is right before, both after; the other groups keep 1, 1/2 and 1.
    Effects effects = effects(Loans.rows(), small, 0, 1, 1, 0, 1, 1);

    assertThat(effects.attributes())
        .singleElement()
        .satisfies(
            town ->
                assertThat(town.changes())
                    .extractingFromEntries(
                        entry -> entry.getKey(), entry -> entry.getValue().value())
                    .containsExactlyInAnyOrder(
                        tuple(Aim.MODEL_BIAS, -0.25),
                        tuple(Aim.LARGEST_GAP, 0.0),
                        tuple(Aim.WORST_GROUP, 0.0),
                        tuple(Aim.AVERAGE_GROUP, 0.125)));
  }

  @Test
  void a_figure_of_groups_too_small_to_be_judged_is_missing() {
    assertThat(effects(Loans.rows(), AuditSettings.DEFAULT, BEFORE).attribute("town").changes())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.2,    true,  SHOWN",
    "0,     0.2,    true,  OPEN",
    "-0.2,  0,      true,  OPEN",
    "-0.2,  -0.001, true,  WORSE",
    "0.001, 0.2,    false, WORSE",
    "0,     0.2,    false, OPEN",
    "-0.2,  0,      false, OPEN",
    "-0.2,  -0.001, false, SHOWN"
  })
  void a_change_is_shown_or_worse_where_its_interval_lies_beside_zero(
      double low, double high, boolean rises, Finding finding) {
    assertThat(Finding.of(new PairedChange((low + high) / 2, low, high), rises)).isEqualTo(finding);
  }
}
