package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlasTest {
  @Test
  void a_factored_matrix_solves_what_it_multiplies() {
    int n = 7;
    double[] random = new Random(1).doubles(140, -1, 1).toArray();
    double[] gram = new double[n * n];
    Blas.addGram(2, random, 20, n, gram);
    double[] x = new Random(2).doubles(n, -1, 1).toArray();

    double[] product = Blas.symmetricTimes(gram, x, n);
    double[] solution = Blas.solve(Blas.factor(gram, n, 0).orElseThrow(), product, n);

    for (int i = 0; i < n; i++) {
      double byHand = 0;
      for (int j = 0; j < n; j++) {
        byHand += gram[Math.min(i, j) * n + Math.max(i, j)] * x[j];
      }
      assertThat(product[i]).isCloseTo(byHand, within(1e-12));
      assertThat(solution[i]).isCloseTo(x[i], within(1e-12));
    }
  }

  @Test
  void products_are_those_of_the_textbook() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {1, 0, 2, -1, 1, 3};

    // a is 2×3 by b 2×3 transposed; then a 3×2 transposed by b 3×2.
    assertThat(Blas.timesTransposed(a, b, 2, 2, 3)).containsExactly(7, 10, 16, 19);
    assertThat(Blas.transposedTimes(a, b, 2, 2, 3)).containsExactly(12, 12, 16, 14);
  }

  @Test
  void products_of_many_rows_are_handed_over_in_parts() {
    int rows = 300_000; // times 2 columns: more than one part
    double[] ones = new double[rows * 2];
    Arrays.fill(ones, 1);

    assertThat(Blas.transposedTimes(ones, ones, 2, 2, rows))
        .containsExactly(rows, rows, rows, rows);
    assertThat(Blas.timesTransposed(ones, new double[] {3, 4}, rows, 1, 2))
        .hasSize(rows)
        .containsOnly(7);
  }

  @Test
  void no_rows_have_no_products() {
    assertThat(Blas.timesTransposed(new double[0], new double[] {1, 2}, 0, 1, 2)).isEmpty();
    assertThat(Blas.transposedTimes(new double[0], new double[0], 1, 2, 0)).containsExactly(0, 0);
  }

  @Test
  void the_condition_number_of_a_diagonal_matrix_is_the_ratio_of_its_ends() {
    double[] diagonal = {3, 0, 0, 0, 0.5, 0, 0, 0, 0.01};
    DoubleBuffer factor = Blas.factor(diagonal, 3, 0.01).orElseThrow();

    assertThat(Blas.conditionNumber(diagonal, 3, 0.01, factor))
        .isCloseTo(3.01 / 0.02, within(1e-9));
  }

  @Test
  void a_matrix_that_only_rounding_keeps_positive_definite_has_no_factor() {
    // The third column is the sum of the others, up to the last bits of its diagonal.
    double[] dependent = {1, 0.1, 1.1, 0, 1, 1.1, 0, 0, 2.2 + 1e-15};

    assertThat(Blas.factor(dependent, 3, 0)).isEmpty();
    assertThat(Blas.factor(dependent, 3, 1e-9)).isPresent();
  }

  @Test
  void columns_of_very_different_units_have_a_factor() {
    assertThat(Blas.factor(new double[] {1e20, 0, 0, 1e-20}, 2, 0)).isPresent();
  }
}
