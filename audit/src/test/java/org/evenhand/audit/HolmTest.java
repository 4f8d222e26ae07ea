package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void the_smallest_is_multiplied_most_and_order_is_kept() {
    // 3·0.01, then 2·0.03; 1·0.04 is raised to the 0.06 before it.
    assertThat(Holm.adjust(new double[] {0.04, 0.01, 0.03})).containsExactly(0.06, 0.03, 0.06);
  }

  @Test
  void nothing_exceeds_one() {
    assertThat(Holm.adjust(new double[] {0.7, 0.9})).containsExactly(1, 1);
  }

  @Test
  void an_unknown_p_value_neither_counts_nor_changes() {
    assertThat(Holm.adjust(new double[] {Double.NaN, 0.02})).containsExactly(Double.NaN, 0.02);
  }
}
