package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logistic regression with an l1 penalty. */
class SparseLogisticTest {
  private static final double[] ONES = new double[80];

  static {
    Arrays.fill(ONES, 1);
  }

  /** Five features and a constant, and two classes, by formulas that any program can compute. */
  private static HeadRows rows() {
    double[] features = new double[80 * 6];
    int[] targets = new int[80];
    for (int i = 0; i < 80; i++) {
      for (int j = 0; j < 5; j++) {
        features[6 * i + j] =
            Math.sin(1.7 * i + 2.3 * j + 0.1 * i * j) + (j == 4 ? 0.3 * Math.sin(0.9 * i) : 0);
      }
      features[6 * i + 5] = 1;
      targets[i] =
          features[6 * i] + 0.5 * features[6 * i + 1] - 0.8 * Math.sin(3.0 * i) + 0.2 > 0 ? 1 : 0;
    }
    return new HeadRows(6, features, targets, ONES);
  }

  /** By scikit-learn 1.2.1, LogisticRegression(penalty='l1', solver='saga', tol=1e-15). */
  @Test
  void the_coefficients_are_those_of_another_program() {
    SparseLogistic problem = new SparseLogistic(rows(), 1, true);

    assertThat(problem.minimum(1 / 0.1, new double[6]))
        .containsExactly(new double[] {0.675267635, 0, 0, 0, 0, 0.202403869}, within(1e-8));
    assertThat(problem.minimum(1 / 0.3, new double[6]))
        .containsExactly(
            new double[] {1.622091479, 0.352542234, -0.122039643, 0, 0, 0.235434348}, within(1e-8));
    assertThat(problem.minimum(1, new double[6]))
        .containsExactly(
            new double[] {2.320417815, 0.845881465, -0.531109981, -0.217253911, 0, 0.276808855},
            within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 5, 100})
  void nothing_is_left_of_the_conditions_of_a_minimum(double lambda) {
    Random random = new Random(4);
    double[] features = random.doubles(300 * 40, -1, 1).toArray();
    double[] weights = random.doubles(300, 0.5, 2).toArray();
    int[] targets = new int[300];
    for (int row = 0; row < 300; row++) {
      double score = 2 * features[40 * row] - features[40 * row + 1] + random.nextGaussian();
      targets[row] = score > 0 ? 1 : 0;
      // Two features that say nearly the same, one that says nothing, and an intercept.
      features[40 * row + 2] = features[40 * row] + 1e-3 * features[40 * row + 2];
      features[40 * row + 3] = 0;
      features[40 * row + 39] = 1;
    }
    SparseLogistic problem =
        new SparseLogistic(new HeadRows(40, features, targets, weights), 1, true);

    double[] at = problem.minimum(lambda, new double[40]);

    assertThat(problem.violation(at, lambda)).isLessThan(1e-8);
    assertThat(at[3]).isZero();
    assertThat(problem.violation(new double[40], lambda)).isGreaterThan(1);
  }

  /** With no coefficient left, the intercept alone gives every row the share of the class. */
  @Test
  void a_penalty_beyond_every_gradient_leaves_the_intercept_alone() {
    int second = Arrays.stream(rows().targets()).sum();

    double[] at = new SparseLogistic(rows(), 1, true).minimum(1e3, new double[6]);

    assertThat(Arrays.copyOf(at, 5)).containsOnly(0);
    assertThat(at[5]).isCloseTo(Math.log(second / (80.0 - second)), within(1e-9));
  }

  @Test
  void a_row_of_weight_two_is_the_row_twice() {
    double[] weights = ONES.clone();
    weights[7] = 2;
    HeadRows twice = rows().and(rows().select(new int[] {7}));

    assertThat(new SparseLogistic(rows().weighted(weights), 1, true).minimum(1, new double[6]))
        .containsExactly(
            new SparseLogistic(twice, 1, true).minimum(1, new double[6]), within(1e-8));
  }
}
