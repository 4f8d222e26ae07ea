package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evenhand.unlearning.GroupGap.Criterion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupGapTest {
  private static final HeadShape SHAPE = new HeadShape(2, 1, 1);
  private static final double[] WEIGHT = {1};

  /** A row of each probability of class 1: the head's only weight is 1, so features are logits. */
  private static HeadRows rows(double[] probabilities, int[] targets, double[] weights) {
    double[] logits = new double[probabilities.length];
    for (int row = 0; row < logits.length; row++) {
      logits[row] = Math.log(probabilities[row] / (1 - probabilities[row]));
    }
    return new HeadRows(1, logits, targets, weights);
  }

  @ParameterizedTest
  @CsvSource({
    // Group 0 has .9, .5, .2, group 1 has .6, .4, .1; true class 1 are the first two of each.
    "DEMOGRAPHIC_PARITY, 0.16666666667",
    // (.9 + .5)/2 − (.6 + .4)/2
    "EQUAL_OPPORTUNITY, 0.2",
    // of class 0 the gap is only .2 − .1
    "EQUALIZED_ODDS, 0.2"
  })
  void gaps_are_differences_of_mean_probabilities(Criterion criterion, double gap) {
    HeadRows rows =
        rows(
            new double[] {.9, .5, .2, .6, .4, .1},
            new int[] {1, 1, 0, 1, 1, 0},
            new double[] {1, 1, 1, 1, 1, 1});

    GroupGap bias = new GroupGap(rows, new int[] {0, 0, 0, 1, 1, 1}, 1, criterion);

    assertThat(bias.value(SHAPE, WEIGHT)).isCloseTo(gap, within(1e-10));
  }

  @Test
  void weights_count_and_the_gap_is_that_of_the_extreme_groups() {
    HeadRows rows =
        rows(new double[] {.8, .2, .3, .5}, new int[] {1, 1, 1, 1}, new double[] {3, 1, 1, 1});

    // Means .65, .3 and .5.
    GroupGap bias = new GroupGap(rows, new int[] {0, 0, 1, 2}, 1, Criterion.DEMOGRAPHIC_PARITY);

    assertThat(bias.value(SHAPE, WEIGHT)).isCloseTo(0.35, within(1e-12));
  }

  @Test
  void the_other_class_can_be_the_favourable_one() {
    HeadRows rows = rows(new double[] {.9, .4}, new int[] {0, 0}, new double[] {1, 1});

    GroupGap bias = new GroupGap(rows, new int[] {0, 1}, 0, Criterion.EQUAL_OPPORTUNITY);

    assertThat(bias.value(SHAPE, WEIGHT)).isCloseTo(0.5, within(1e-12));
    assertThat(bias.label()).isEqualTo("equal opportunity gap");
  }

  @Test
  void groups_without_a_row_to_compare_have_no_gap() {
    HeadRows rows = rows(new double[] {.9, .4}, new int[] {0, 1}, new double[] {1, 1});

    GroupGap bias = new GroupGap(rows, new int[] {0, 1}, 1, Criterion.EQUAL_OPPORTUNITY);

    assertThat(bias.value(SHAPE, WEIGHT)).isZero();
    assertThat(bias.gradient(SHAPE, WEIGHT)).containsExactly(0);
  }
}
