package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatchTrainerTest {
  @Test
  void labels_of_known_values_are_certain() {
    assertThat(PatchTrainer.certainLabels(new int[] {2, 0}, 3)).containsExactly(0, 0, 1, 1, 0, 0);
  }
}
