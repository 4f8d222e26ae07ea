package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not matter does not: to nine digits. */
class EquivalencesTest {
  /** More rows than are handed to BLAS at a time. */
  private static final int ROWS = 1_500;

  private static Stream<HeadShape> shapes() {
    return Stream.of(new HeadShape(2, 1, 9), new HeadShape(2, 2, 8), new HeadShape(10, 10, 20));
  }

  @AfterEach
  void use_one_thread_again() {
    Blas.threads(1);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_parts_of_a_batch_add_up(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 1);
    int[] all = IntStream.range(0, ROWS).toArray();
    HeadRows one = world.rows().select(Arrays.copyOfRange(all, 0, 700));
    HeadRows other = world.rows().select(Arrays.copyOfRange(all, 700, ROWS));
    CrossEntropy loss = new CrossEntropy(shape);
    double[] at = world.parameters();

    assertSame(
        Vectors.plus(loss.hessian(at, one), 1, loss.hessian(at, other)),
        loss.hessian(at, world.rows()));
    assertSame(
        Vectors.plus(loss.gradient(at, one), 1, loss.gradient(at, other)),
        loss.gradient(at, world.rows()));
    double[] influence = influence(world, world.rows(), world.rows());
    assertSame(influence(world, world.rows(), one), Arrays.copyOfRange(influence, 0, 700));
    assertSame(influence(world, world.rows(), other), Arrays.copyOfRange(influence, 700, ROWS));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_order_of_the_rows_plays_no_part(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 2);
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(order, new Random(1));
    int[] shuffle = order.stream().mapToInt(Integer::intValue).toArray();
    HeadRows shuffled = world.rows().select(shuffle);

    assertSameLoss(world, shuffled, world.rows());
    double[] influence = influence(world, world.rows(), world.rows());
    assertSame(
        influence(world, shuffled, shuffled),
        IntStream.of(shuffle).mapToDouble(row -> influence[row]).toArray());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void a_row_given_twice_is_a_row_of_weight_two(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 3);
    HeadRows twice = world.rows().and(world.rows());
    HeadRows weighted =
        world.rows().weighted(Arrays.stream(world.rows().weights()).map(w -> 2 * w).toArray());

    assertSameLoss(world, twice, weighted);
    assertSame(influence(world, twice, world.rows()), influence(world, weighted, world.rows()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_number_of_threads_plays_no_part(HeadShape shape) {
    RandomHead world = new RandomHead(shape, ROWS, 4);
    CrossEntropy loss = new CrossEntropy(shape);
    double[] at = world.parameters();

    Blas.threads(1);
    double[] hessian = loss.hessian(at, world.rows());
    double[] gradient = loss.gradient(at, world.rows());
    double[] influence = influence(world, world.rows(), world.rows());
    Blas.threads(2);

    assertThat(loss.hessian(at, world.rows())).isEqualTo(hessian);
    assertThat(loss.gradient(at, world.rows())).isEqualTo(gradient);
    assertThat(influence(world, world.rows(), world.rows())).isEqualTo(influence);
  }

  private static void assertSameLoss(RandomHead world, HeadRows actual, HeadRows expected) {
    CrossEntropy loss = new CrossEntropy(world.shape());
    double[] at = world.parameters();
    assertSame(loss.hessian(at, actual), loss.hessian(at, expected));
    assertSame(loss.gradient(at, actual), loss.gradient(at, expected));
  }

  private static double[] influence(RandomHead world, HeadRows training, HeadRows of) {
    double[] hessian = new CrossEntropy(world.shape()).hessian(world.parameters(), training);
    HessianSolver solver = CholeskySolver.of(hessian, world.shape().parameters(), 1);
    return new InfluenceOnBias(world.shape(), world.parameters(), solver)
        .of(new CounterfactualBiasFunction(world.pairs()), of);
  }

  private static void assertSame(double[] actual, double[] expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(scale).isPositive();
    assertThat(actual).containsExactly(expected, within(1e-9 * scale));
  }
}
