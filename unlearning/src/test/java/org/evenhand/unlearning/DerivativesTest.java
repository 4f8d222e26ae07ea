package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every derivative against central differences: relative error below 1e-6. */
class DerivativesTest {
  private static final double STEP = 1e-5;

  private static Stream<HeadShape> shapes() {
    return Stream.of(new HeadShape(2, 1, 4), new HeadShape(2, 2, 3), new HeadShape(5, 5, 4));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_gradient_of_the_cross_entropy(HeadShape shape) {
    RandomHead world = new RandomHead(shape, 40, 1);
    CrossEntropy loss = new CrossEntropy(shape);

    assertGradient(
        loss.gradient(world.parameters(), world.rows()),
        world.parameters(),
        at -> loss.value(at, world.rows()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_hessian_of_the_cross_entropy(HeadShape shape) {
    RandomHead world = new RandomHead(shape, 40, 2);
    CrossEntropy loss = new CrossEntropy(shape);
    int parameters = shape.parameters();
    double[] hessian = loss.hessian(world.parameters(), world.rows());

    for (int i = 0; i < parameters; i++) {
      int row = i;
      double[] ofRow = new double[parameters];
      for (int j = 0; j < parameters; j++) {
        ofRow[j] = hessian[Math.min(i, j) * parameters + Math.max(i, j)];
      }
      assertGradient(ofRow, world.parameters(), at -> loss.gradient(at, world.rows())[row]);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_gradient_of_counterfactual_bias(HeadShape shape) {
    RandomHead world = new RandomHead(shape, 40, 3);
    assertGradient(new CounterfactualBiasFunction(world.pairs()), world);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_gradients_of_the_group_gaps(HeadShape shape) {
    RandomHead world = new RandomHead(shape, 60, 4);
    for (GroupGap.Criterion criterion : GroupGap.Criterion.values()) {
      assertGradient(new GroupGap(world.rows(), world.groups(3), 1, criterion), world);
    }
  }

  private static void assertGradient(BiasFunction bias, RandomHead world) {
    assertGradient(
        bias.gradient(world.shape(), world.parameters()),
        world.parameters(),
        at -> bias.value(world.shape(), at));
  }

  private static void assertGradient(
      double[] gradient, double[] at, ToDoubleFunction<double[]> function) {
    double scale = Vectors.norm(gradient);
    assertThat(scale).as("a gradient that is not zero").isPositive();
    for (int i = 0; i < at.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double difference = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * STEP);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-6 * scale));
    }
  }
}
