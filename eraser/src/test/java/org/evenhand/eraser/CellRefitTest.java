package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LogSpace;
import org.evenhand.core.Members;
import org.junit.jupiter.api.Test;

class CellRefitTest {
  private static final int ROWS = 60_000;

  /** Rows whose cells are drawn from a model of this form with the given slopes. */
  private static CellRefit refitted(double own, double second, double value, boolean withSecond) {
    Random random = new Random(3);
    int classes = 3;
    int values = 2;
    int cells = classes * values;
    double[] deployed = new double[ROWS * classes];
    double[] opinion = new double[ROWS * classes];
    double[] joint = new double[ROWS * cells];
    Arrays.setAll(deployed, i -> 1.5 * random.nextGaussian());
    Arrays.setAll(joint, i -> 1.5 * random.nextGaussian());
    LogSpace.normalizeRows(deployed, classes);
    LogSpace.normalizeRows(joint, cells);
    for (int i = 0; i < opinion.length; i++) {
      opinion[i] = LogSpace.logSumExp(joint, i * values, values);
    }
    CellRefit.Evidence evidence = new CellRefit.Evidence(classes, values, deployed, opinion, joint);
    double[] intercepts = {0.5, 0, -0.5, 0, 0.25, -0.25};
    CellRefit truth = new CellRefit(own, second, value, intercepts);
    int[] targets = new int[ROWS];
    int[] codes = new int[ROWS];
    double[] p = new double[cells];
    for (int row = 0; row < ROWS; row++) {
      truth.probabilities(evidence, row, p);
      double left = random.nextDouble();
      int cell = 0;
      while (cell < cells - 1 && left >= p[cell]) {
        left -= p[cell++];
      }
      targets[row] = cell / values;
      codes[row] = cell % values;
    }
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    Attribute attribute =
        new Attribute("b", IntStream.range(0, values).mapToObj(b -> "b" + b).toList(), codes);
    return CellRefit.of(evidence, targets, Members.of(attribute, ones), withSecond);
  }

  @Test
  void the_slopes_and_intercepts_that_drew_the_cells_are_found_again() {
    CellRefit refit = refitted(0.8, 0.3, 1.2, true);

    assertThat(List.of(refit.own(), refit.second(), refit.value()))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 0.02 ? 0 : Double.compare(a, b))
        .containsExactly(0.8, 0.3, 1.2);
    assertThat(refit.intercepts()[0] - refit.intercepts()[1]).isCloseTo(0.5, within(0.05));
    assertThat(refit.intercepts()[4] - refit.intercepts()[2]).isCloseTo(0.75, within(0.05));
  }

  @Test
  void without_a_second_opinion_the_deployed_answers_alone_tell_the_class() {
    CellRefit refit = refitted(0.8, 0, 1, false);

    assertThat(refit.second()).isZero();
    assertThat(refit.own()).isCloseTo(0.8, within(0.02));
  }
}
