package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RelativeDifficultyTest {
  private static final Engine ENGINE = Engine.start(Device.CPU);

  /** Rows 0, 1 and 2 show class 0, row 3 class 1. */
  private static final int[] CODES = {0, 0, 0, 1};

  private final Blueprint blueprint = new Blueprint(1);
  private final RelativeDifficulty difficulty = RelativeDifficulty.of(blueprint, 0.7, CODES, 2);

  private float[] weights(Weights weights, float[] easy, float[] other, int... rows) {
    return Engine.scoped(() -> difficulty.weights(weights, easy, other, rows));
  }

  private Weights untrained() {
    return new Weights(ENGINE, blueprint);
  }

  @Test
  void losses_are_shares_of_the_largest_of_their_class() {
    float[] weights =
        weights(untrained(), new float[] {1, 4, 0.5f}, new float[] {2, 1, 0.25f}, 0, 1, 3);

    // Row 0: 1/4 against 2/2; row 1: 4/4 against 1/2; row 3 is alone in its class: 1 against 1.
    assertThat(weights).containsExactly(new float[] {0.25f / 1.25f, 1 / 1.5f, 0.5f}, within(1e-6f));
  }

  @Test
  void a_second_loss_counts_three_tenths_and_unseen_rows_nothing() {
    Weights weights = untrained();
    weights(weights, new float[] {1, 4}, new float[] {2, 1}, 0, 1);

    float[] second = weights(weights, new float[] {2, 3}, new float[] {0, 5}, 0, 2);

    // Easy: row 0 0.7 · 1 + 0.3 · 2 = 1.3, row 1 still 4, row 2 its first loss, 3: the largest is
    // 4.
    // Other: row 0 0.7 · 2 = 1.4, row 1 still 1, row 2 5, which is the largest.
    double first = 1.3 / 4;
    double other = 1.4 / 5;
    assertThat(second)
        .containsExactly(
            new float[] {(float) (first / (first + other)), (float) (0.75 / 1.75)}, within(1e-6f));
  }

  @Test
  void the_running_means_are_among_the_numbers_that_a_checkpoint_keeps() {
    Weights weights = untrained();
    weights(weights, new float[] {1, 4}, new float[] {2, 1}, 0, 1);
    Weights resumed = untrained();
    resumed.restore(weights.snapshot());

    assertThat(weights(resumed, new float[] {2}, new float[] {0}, 0))
        .isEqualTo(weights(weights, new float[] {2}, new float[] {0}, 0));
  }

  @Test
  void where_neither_network_is_ever_wrong_nothing_counts() {
    assertThat(weights(untrained(), new float[] {0}, new float[] {0}, 3)).containsExactly(0);
  }

  @Test
  void the_code_of_a_row_that_is_never_seen_is_not_looked_at() {
    RelativeDifficulty unknown = RelativeDifficulty.of(blueprint, 0.7, new int[] {-1, 0}, 1);
    Weights weights = untrained();

    assertThat(
            Engine.scoped(
                () -> unknown.weights(weights, new float[] {3}, new float[] {3}, new int[] {1})))
        .containsExactly(new float[] {0.5f}, within(1e-6f));
  }
}
