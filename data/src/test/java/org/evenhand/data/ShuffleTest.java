package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {
  @Test
  void every_value_is_there_as_often_as_before_and_the_original_stays() {
    SplittableRandom random = new SplittableRandom(7);
    for (int size = 0; size < 100; size++) {
      int[] values = random.ints(size, 0, 20).toArray();
      int[] original = values.clone();

      int[] shuffled = Shuffle.of(values, random);

      assertThat(shuffled).containsExactlyInAnyOrder(original);
      assertThat(values).isEqualTo(original);
    }
  }

  /** As version 0.1.0 draws it: divisions, pairs and results in docs/results rest on it. */
  @Test
  void a_seed_gives_the_same_order_for_ever() {
    assertThat(Shuffle.of(IntStream.range(0, 10).toArray(), new SplittableRandom(1)))
        .containsExactly(9, 0, 4, 1, 7, 8, 5, 2, 3, 6);
  }

  @Test
  void every_order_is_equally_likely() {
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = new int[6];
    for (int draw = 0; draw < 60_000; draw++) {
      int[] shuffled = Shuffle.of(new int[] {0, 1, 2}, random);
      counts[2 * shuffled[0] + (shuffled[1] > shuffled[2] ? 1 : 0)]++;
    }

    // Five standard deviations of a binomial count: 5·√(60,000·1/6·5/6).
    assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - 10_000) < 457);
  }
}
