package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void the_group_whose_accuracy_falls_most_is_named_after_the_harms() {
    Evidence evidence = Samples.repairEvidence();

    assertThat(Losses.of(evidence.change().orElseThrow(), Comparison.of(evidence)))
        .containsExactly(
            "Overall accuracy falls by 2.4 points.",
            "Of the groups by race, accuracy falls most where class no and race = White: from 85.9\u00a0% to 70.7\u00a0%.");
  }

  @Test
  void a_method_that_says_nothing_of_what_it_reads_is_not_made_to() {
    assertThat(Losses.read(Samples.repairEvidence().change().orElseThrow())).isEmpty();
  }
}
