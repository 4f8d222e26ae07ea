package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeadObjectiveTest {
  private static final HeadShape SHAPE = new HeadShape(2, 1, 2);
  private static final HeadRows NONE = new HeadRows(2, new double[0], new int[0], new double[0]);

  @Test
  void a_newton_step_on_a_quadratic_is_exact() {
    // Q = (2 1; 1 3), b = (1, 2): the minimum Q⁻¹b is (1/5, 3/5).
    double[] quadratic = {2, 1, 0, 3};
    HeadObjective objective = new HeadObjective(SHAPE, NONE, quadratic, new double[] {1, 2});
    double[] start = {100, -100};

    double[] step = CholeskySolver.of(quadratic, 2, 0).solve(objective.gradient(start));

    assertThat(Vectors.plus(start, -1, step))
        .containsExactly(new double[] {0.2, 0.6}, within(1e-12));
    assertThat(objective.minimum(start)).containsExactly(new double[] {0.2, 0.6}, within(1e-12));
  }

  @Test
  void the_minimum_has_no_gradient_wherever_it_is_searched_from() {
    RandomHead world = new RandomHead(new HeadShape(5, 5, 6), 300, 1);
    HeadObjective objective =
        HeadObjective.ridged(world.shape(), world.rows(), 0.1, world.parameters());
    double[] zero = new double[world.shape().parameters()];

    double[] minimum = objective.minimum(zero);

    assertThat(Vectors.norm(objective.gradient(zero))).isGreaterThan(10);
    assertThat(Vectors.norm(objective.gradient(minimum))).isLessThan(1e-8);
    double[] far = Vectors.plus(zero, 20, world.parameters());
    assertThat(objective.minimum(far)).containsExactly(minimum, within(1e-9));
  }

  @Test
  void a_head_of_one_weight_is_explained_as_by_hand() {
    // One weight θ = 0, p = 1/2 everywhere: H = Σ x²/4 + λ = (1 + 4)/4 + 0.75 = 2. Of the pair (3,
    // 1), both of
    // class 1, the difference σ(3θ) − σ(θ) has the slope (3 − 1)/4 = 1/2. The loss of (x, y) has
    // the slope (1/2 − y)x.
    HeadShape shape = new HeadShape(2, 1, 1);
    HeadRows training = new HeadRows(1, new double[] {1, 2}, new int[] {1, 0}, new double[] {1, 1});
    PairRows pair =
        new PairRows(
            new HeadRows(1, new double[] {3}, new int[] {1}, new double[] {1}),
            new HeadRows(1, new double[] {1}, new int[] {1}, new double[] {1}),
            new int[] {0},
            new int[] {1});
    // At θ = 0 itself the absolute value has a kink; just above, its slope is that of the
    // difference.
    double[] parameters = {1e-12};
    double[] hessian = new CrossEntropy(shape).hessian(parameters, training);

    double[] influence =
        new InfluenceOnBias(shape, parameters, CholeskySolver.of(hessian, 1, 0.75))
            .of(new CounterfactualBiasFunction(pair), training);

    assertThat(hessian[0]).isCloseTo(1.25, within(1e-9));
    // −(1/2)(1/2)(−1/2) and −(1/2)(1/2)(1)
    assertThat(influence).containsExactly(new double[] {0.125, -0.25}, within(1e-9));
  }

  @Test
  void a_singular_hessian_is_refused() {
    // The second feature is always zero.
    HeadRows rows =
        new HeadRows(2, new double[] {1, 0, 2, 0}, new int[] {0, 1}, new double[] {1, 1});
    double[] hessian = new CrossEntropy(SHAPE).hessian(new double[2], rows);

    assertThatThrownBy(() -> CholeskySolver.of(hessian, 2, 0))
        .isInstanceOf(UnlearningException.class)
        .hasMessage(
            "The Hessian of the head's 2 parameters is singular with a ridge of 0.0: some weights do not change any"
                + " answer to these rows. Use a larger ridge.");
    assertThat(CholeskySolver.of(hessian, 2, 0.1).ridge()).isEqualTo(0.1);
  }
}
