package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairSumsTest {
  /** More than are multiplied at a time, and no multiple of it. */
  private static final int ROWS = 600;

  /**
   * One feature and one group of them, several groups, and more pairs than are summed at a time.
   */
  private static Stream<HeadShape> shapes() {
    return Stream.of(
        new HeadShape(2, 1, 1),
        new HeadShape(2, 1, 40),
        new HeadShape(2, 2, 16),
        new HeadShape(3, 3, 17),
        new HeadShape(10, 10, 12),
        new HeadShape(24, 24, 3));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_sums_of_all_pairs_make_the_hessian_of_the_definition(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 1);

    assertHessian(shape, world.parameters(), world.rows());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void so_they_do_where_answers_are_nearly_certain(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 2);
    double[] certain = Vectors.plus(world.parameters(), 39, world.parameters());
    double[] p = shape.probabilities(certain, world.rows());
    assertThat(DoubleStream.of(p).min().orElseThrow()).isLessThan(1e-12);
    assertThat(DoubleStream.of(p).max().orElseThrow()).isGreaterThan(1 - 1e-12);

    assertHessian(shape, certain, world.rows());
  }

  @Test
  void an_answer_that_is_certain_to_the_last_digit_keeps_its_curvature() {
    // Logits 40, 0 and −40: the first probability rounds to 1, but p (1 − p) is that of the second.
    HeadShape shape = new HeadShape(3, 3, 1);
    HeadRows row = new HeadRows(1, new double[] {1}, new int[] {0}, new double[] {1});

    double[] hessian = new CrossEntropy(shape).hessian(new double[] {40, 0, -40}, row);

    double second = Math.exp(-40);
    double third = Math.exp(-80);
    assertThat(hessian[0]).isCloseTo(second, within(1e-12 * second));
    assertThat(hessian[1]).isCloseTo(-second, within(1e-12 * second));
    assertThat(hessian[4]).isCloseTo(second, within(1e-12 * second));
    assertThat(hessian[8]).isCloseTo(third, within(1e-12 * third));
  }

  @Test
  void no_rows_have_no_curvature() {
    HeadRows none = new HeadRows(2, new double[0], new int[0], new double[0]);

    assertThat(new CrossEntropy(new HeadShape(2, 1, 2)).hessian(new double[2], none))
        .containsOnly(0);
  }

  private static void assertHessian(HeadShape shape, double[] parameters, HeadRows rows) {
    double[] expected = defined(shape, parameters, rows);
    double[] hessian = new CrossEntropy(shape).hessian(parameters, rows);

    int size = shape.parameters();
    double largest =
        IntStream.range(0, size).mapToDouble(i -> expected[i * size + i]).max().orElse(0);
    assertThat(largest).isPositive();
    assertThat(hessian).containsExactly(expected, within(1e-10 * largest));
  }

  /** Σ w p_c (δ_cc' − p_c') φφᵀ, term by term. */
  private static double[] defined(HeadShape shape, double[] parameters, HeadRows rows) {
    double[] p = shape.probabilities(parameters, rows);
    int size = shape.parameters();
    int width = shape.width();
    double[] hessian = new double[size * size];
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < size; i++) {
        for (int j = i; j < size; j++) {
          double ofI = p[row * shape.classes() + i / width + shape.fixed()];
          double ofJ = p[row * shape.classes() + j / width + shape.fixed()];
          hessian[i * size + j] +=
              rows.weights()[row]
                  * ofI
                  * ((i / width == j / width ? 1 : 0) - ofJ)
                  * rows.features()[row * width + i % width]
                  * rows.features()[row * width + j % width];
        }
      }
    }
    return hessian;
  }
}
