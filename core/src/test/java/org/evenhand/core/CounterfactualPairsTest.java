package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.junit.jupiter.api.Test;

class CounterfactualPairsTest {
  @Test
  void pairs_keep_their_partners_when_some_are_selected() {
    CounterfactualPairs pairs =
        new CounterfactualPairs("sex", set("01", "01"), set("01", "10"), Relation.SAME_INDIVIDUAL);

    CounterfactualPairs second = pairs.select(new int[] {1});

    assertThat(pairs.size()).isEqualTo(2);
    assertThat(second.factualAttribute().codes()).containsExactly(1);
    assertThat(second.counterfactualAttribute().codes()).containsExactly(0);
    assertThat(second.weight()).isEqualTo(1);
  }

  @Test
  void members_that_do_not_differ_are_refused() {
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                new CounterfactualPairs(
                    "sex", set("01", "01"), set("01", "11"), Relation.SAME_INDIVIDUAL))
        .withMessage("The members of pair 2 do not differ: both have 'sex' = 'm'.");
  }

  @Test
  void members_of_unknown_value_are_refused() {
    LabelledSet known = set("01", "01");
    LabelledSet partly =
        LabelledSet.of(
            known.inputs(),
            known.target(),
            List.of(new Attribute("sex", List.of("f", "m"), new int[] {1, Attribute.UNKNOWN})));

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new CounterfactualPairs("sex", known, partly, Relation.SAME_INDIVIDUAL))
        .withMessage(
            "Both members of a pair need a known value of 'sex', but it is unknown for some, or known by probabilities only.");
  }

  @Test
  void members_of_different_target_are_refused() {
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                new CounterfactualPairs(
                    "sex", set("01", "01"), set("11", "10"), Relation.OTHER_INDIVIDUAL))
        .withMessage(
            "The members of pair 1 differ in the target 'hired': 'no' and 'yes'; a pair shares its target.");
  }

  @Test
  void sets_of_different_length_are_refused() {
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                new CounterfactualPairs(
                    "sex", set("01", "01"), set("0", "1"), Relation.SAME_INDIVIDUAL))
        .withMessage(
            "There are 2 factual and 1 counterfactual rows; pairs need as many of both, and at least one.");
  }

  /** Rows whose targets and sexes are given as digits. */
  private static LabelledSet set(String targets, String sexes) {
    int[] sex = sexes.chars().map(digit -> digit - '0').toArray();
    return LabelledSet.of(
        Table.of(List.of(TextColumn.of("sex", List.of(sexes.split(""))))),
        new Target(
            "hired", Classes.of("no", "yes"), targets.chars().map(digit -> digit - '0').toArray()),
        List.of(new Attribute("sex", List.of("f", "m"), sex)));
  }
}
