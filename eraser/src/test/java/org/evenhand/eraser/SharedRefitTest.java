package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.junit.jupiter.api.Test;

class SharedRefitTest {
  private static final int ROWS = 60_000;

  private static SharedRefit fitted(boolean withSecond) {
    Random random = new Random(3);
    double[] own = random.doubles(ROWS, -3, 3).toArray();
    double[] second = random.doubles(ROWS, -3, 3).toArray();
    int[] values = random.ints(ROWS, 0, 2).toArray();
    int[] targets = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double logit = 0.6 * own[row] + 0.4 * second[row] + (values[row] == 0 ? -0.5 : 1);
      targets[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    }
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    return SharedRefit.of(
        new SharedRefit.Scores(
            own,
            withSecond ? second : new double[0],
            targets,
            Members.of(new Attribute("b", List.of("x", "y"), values), ones)));
  }

  @Test
  void it_finds_the_slopes_and_intercepts_that_the_rows_were_drawn_with() {
    SharedRefit refit = fitted(true);

    assertThat(refit.own()).isCloseTo(0.6, within(0.03));
    assertThat(refit.second()).isCloseTo(0.4, within(0.03));
    assertThat(refit.intercepts()[0]).isCloseTo(-0.5, within(0.05));
    assertThat(refit.intercepts()[1]).isCloseTo(1, within(0.05));
  }

  @Test
  void without_a_second_opinion_only_the_deployed_score_counts() {
    SharedRefit refit = fitted(false);

    assertThat(refit.second()).isZero();
    assertThat(refit.score(2, 1e9)).isEqualTo(2 * refit.own());
  }
}
