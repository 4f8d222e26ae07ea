package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    double[] factor = gram.clone();
    double reciprocal = Blas.factorise(factor, n).orElseThrow();
    double[] solution = Blas.solve(factor, product, n);

    for (int i = 0; i < n; i++) {
      double byHand = 0;
      for (int j = 0; j < n; j++) {
        byHand += gram[Math.min(i, j) * n + Math.max(i, j)] * x[j];
      }
      assertThat(product[i]).isCloseTo(byHand, within(1e-12));
      assertThat(solution[i]).isCloseTo(x[i], within(1e-12));
    }
    assertThat(reciprocal).isBetween(1e-3, 1.0);
  }

  @Test
  void products_are_those_of_the_textbook() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {1, 0, 2, -1, 1, 3};

    // a is 2×3 by b 2×3 transposed; then a 3×2 transposed by b 3×2.
    assertThat(Blas.timesTransposed(a, b, 2, 2, 3)).containsExactly(7, 10, 16, 19);
    assertThat(Blas.transposedTimes(a, b, 2, 2, 3)).containsExactly(12, 12, 16, 14);
  }
}
