package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hundred pairs of difference 0.4 and a hundred rows, of which the head gets seventy right. */
class ChoiceTest {
  private static final int SIZE = 100;
  private static final double MAX_LOSS = 0.02;

  private final HeldOut unchanged = setting(0.4, 70);
  private final Choice choice = new Choice(unchanged, pairs(), ones(), MAX_LOSS);

  private static double[] ones() {
    double[] ones = new double[SIZE];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static PairRows pairs() {
    HeadRows rows = new HeadRows(1, new double[SIZE], new int[SIZE], ones());
    return new PairRows(rows, rows, new int[SIZE], new int[SIZE]);
  }

  /** Every pair differs by so much, give or take a tenth; the first rows are decided rightly. */
  private static HeldOut setting(double difference, int right) {
    HeldOut setting = new HeldOut(SIZE, SIZE);
    for (int i = 0; i < SIZE; i++) {
      setting.difference(i, difference + (i % 2 == 0 ? 0.1 : -0.1));
      setting.answer(i, i < right, 0.5);
    }
    return setting;
  }

  @Test
  void the_lowest_bias_wins_among_those_that_keep_the_accuracy() {
    assertThat(choice.among(List.of(setting(0.3, 70), setting(0.2, 69), setting(0.25, 70))))
        .isEqualTo(1);
  }

  @Test
  void a_setting_that_costs_more_accuracy_than_allowed_is_not_chosen() {
    assertThat(choice.among(List.of(setting(0.3, 68), setting(0.2, 67)))).isZero();
    assertThat(choice.costsNoMoreThanAllowed(setting(0.3, 68))).isTrue();
    assertThat(choice.costsNoMoreThanAllowed(setting(0.3, 67))).isFalse();
  }

  @Test
  void a_setting_that_reverses_the_bias_is_not_chosen() {
    HeldOut reversed = setting(-0.15, 70);

    assertThat(choice.bias(reversed)).isLessThan(choice.bias(setting(0.3, 70)));
    assertThat(choice.among(List.of(setting(0.3, 70), reversed))).isZero();
    assertThat(choice.reverses(reversed)).isTrue();
  }

  @Test
  void differences_about_zero_reverse_nothing() {
    assertThat(choice.reverses(setting(0, 70))).isFalse();
    assertThat(choice.reverses(setting(-0.01, 70))).isFalse();
  }

  @Test
  void a_gain_in_accuracy_is_not_given_away() {
    // Twenty more right of a hundred is far beyond chance; the lower bias would cost all of it.
    assertThat(choice.among(List.of(setting(0.3, 90), setting(0.2, 70)))).isZero();
    assertThat(choice.among(List.of(setting(0.3, 90), setting(0.2, 89)))).isEqualTo(1);
  }

  @Test
  void a_gain_that_chance_explains_counts_for_nothing() {
    assertThat(choice.among(List.of(setting(0.3, 72), setting(0.2, 69)))).isEqualTo(1);
  }

  @Test
  void where_nothing_is_admissible_the_most_accurate_is_named() {
    assertThat(choice.among(List.of(setting(0.1, 40), setting(0.3, 60), setting(0.2, 50))))
        .isEqualTo(1);
  }

  @Test
  void a_bias_falls_only_if_by_more_than_chance_explains() {
    assertThat(choice.lowersBias(setting(0.3, 70))).isTrue();
    assertThat(choice.lowersBias(unchanged)).isFalse();
  }
}
