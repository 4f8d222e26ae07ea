package org.evenhand.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {
  @Test
  void the_first_step_is_the_learning_rate_against_the_slope_whatever_its_size() {
    float[] weights = {1, 1, 1};
    Adam adam = new Adam(0.01);
    adam.nextStep(1);
    adam.update(weights, new float[] {5, -1e-3f, 0}, 1, 0, new float[3], new float[3]);
    assertThat(weights).containsExactly(new float[] {0.99f, 1.01f, 1}, within(1e-5f));
  }

  @Test
  void two_steps_follow_the_formula_of_the_paper() {
    float[] weight = {0};
    float[] mean = {0};
    float[] square = {0};
    Adam adam = new Adam(0.1);
    double expected = 0;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= 2; t++) {
      double slope = t == 1 ? 2 : -1;
      m = 0.9 * m + 0.1 * slope;
      v = 0.999 * v + 0.001 * slope * slope;
      expected -=
          0.1 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
      adam.nextStep(1);
      adam.update(weight, new float[] {(float) slope}, 1, 0, mean, square);
    }
    assertThat((double) weight[0]).isCloseTo(expected, within(1e-5));
  }

  @Test
  void the_penalty_pulls_weights_to_zero_and_the_gradient_is_cleared() {
    float[] weights = {3, -3};
    float[] gradient = {2, 4};
    Adam adam = new Adam(0.01);
    adam.nextStep(1);
    // The slopes are ½·2 + 1·3 = 4 and ½·4 − 1·3 = −1: each weight moves by the learning rate.
    adam.update(weights, gradient, 0.5f, 1, new float[2], new float[2]);
    assertThat(weights).containsExactly(new float[] {2.99f, -2.99f}, within(1e-5f));
    assertThat(gradient).containsOnly(0);
  }
}
