package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroupBalanceTest {
  @Test
  void within_a_class_every_value_counts_the_same() {
    // Values 0, 1 and 2 of three pairs of class 1: of six members, 0 has three, 1 has two, 2 has
    // one.
    PairRows pairs = pairs(new int[] {1, 1, 1}, new int[] {0, 0, 1}, new int[] {1, 2, 0});

    HeadRows balanced = GroupBalance.of(pairs, 2);

    // Members in order have the values 0 0 1 1 2 0; each value gets a third of six.
    double third = 2.0 / 3;
    assertThat(balanced.weights())
        .containsExactly(new double[] {third, third, 1, 1, 2, third}, within(1e-12));
  }

  @Test
  void every_class_counts_as_it_did() {
    PairRows pairs = pairs(new int[] {0, 1, 1}, new int[] {0, 0, 0}, new int[] {1, 1, 1});

    assertThat(GroupBalance.of(pairs, 2).weights())
        .containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-12));
  }

  private static PairRows pairs(int[] targets, int[] from, int[] to) {
    double[] features = new double[targets.length];
    double[] weights = {1, 1, 1};
    HeadRows rows = new HeadRows(1, features, targets, weights);
    return new PairRows(rows, rows, from, to);
  }
}
