package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.rows;
import static org.evenhand.evidence.Pages.text;

import org.junit.jupiter.api.Test;

class CounterfactualSectionTest {
  @Test
  void counterparts_have_a_section_with_directions_groups_and_ranking() {
    assertThat(text(CounterfactualSamples.evidence()))
        .contains(
            "Above the tolerance of 2.00.",
            "Change of the probability of class yes from one value of race to another")
        .contains("Columns that the model reads");
    assertThat(rows(CounterfactualSamples.evidence()))
        .contains(
            "measured | 1,056 | 6.40 | 6.20 to 6.60 | – | 4.1\u00a0% | 3.7 to 4.5\u00a0% | biased",
            "Black → White | 635 | 6.00 | 5.60 to 6.40 | 5.0\u00a0% | 4.0 to 6.0\u00a0%",
            "measured | 200.5 | 20.00 | 18.00 to 22.00 | 3.00 | 1.00 to 5.00 | – | insufficient evidence",
            "race | 1,056 | 6.40 | 6.20 to 6.60 | – | 4.1\u00a0% | 3.7 to 4.5\u00a0% | biased");
  }

  @Test
  void a_repair_shows_bias_and_directions_before_and_after() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains("Before: Above the tolerance of 2.00. After: Within the tolerance.");
    assertThat(rows(UnlearningSamples.evidence()))
        .contains(
            "before | 1,056 | 6.40 | 6.20 to 6.60 | – | 4.1\u00a0% | 3.7 to 4.5\u00a0% | biased",
            "after | 1,056 | 1.20 | 1.10 to 1.30 | – | 1.1\u00a0% | 0.7 to 1.5\u00a0% | within tolerance",
            "Black → White | before | 635 | 6.00 | 5.60 to 6.40 | 5.0\u00a0% | 4.0 to 6.0\u00a0%",
            "after | 635 | 0.40 | 0.00 to 0.80 | 5.0\u00a0% | 4.0 to 6.0\u00a0%");
  }

  @Test
  void counterparts_have_a_verdict_of_their_own_beside_that_on_decisions() {
    assertThat(text(UnlearningSamples.evidence()))
        .contains(
            "By accuracy: The deployed model is biased by race. After the repair it is within"
                + " tolerance.")
        .contains("Counterfactual bias, points 6.40 → 1.20 6.20 to 6.60 → 1.10 to 1.30");
    assertThat(text(Samples.repairEvidence())).doesNotContain("ounterfactual");
  }

  @Test
  void pairs_of_other_individuals_are_judged_between_groups() {
    assertThat(text(CounterfactualSamples.evidence()))
        .contains(
            "On counterfactual pairs: It is open whether the model's answers differ by region within"
                + " a class more than is tolerated.")
        .contains("Counterfactual bias between groups, points 3.00 1.00 to 5.00");
  }

  @Test
  void the_reason_why_no_decision_could_be_compared_is_on_the_page() {
    assertThat(text(CounterfactualSamples.evidence()))
        .contains("Nobody recorded the pairs' decisions.decisions that flip with region");
  }
}
