package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Optimum, Hessian, influences and edits of {@link GoldenWorld}, frozen from two independent
 * calculations with 64-bit numbers outside this project.
 */
class GoldenVectorsTest {
  private final double[] optimum = GoldenWorld.optimum(GoldenWorld.TRAIN);
  private final CounterfactualBiasFunction bias = new CounterfactualBiasFunction(GoldenWorld.PAIRS);

  @Test
  void the_optimum() {
    assertClose(optimum, 1e-11, 1.553597949217, 1.048816497037, 0.019382768297);
  }

  @Test
  void the_hessian() {
    double[] hessian = new CrossEntropy(GoldenWorld.SHAPE).hessian(optimum, GoldenWorld.TRAIN);
    double ridge = GoldenWorld.RIDGE;
    assertClose(
        new double[] {hessian[0] + ridge, hessian[4] + ridge, hessian[8] + ridge},
        1e-11,
        1.026233111382,
        1.771008326092,
        1.771008326092);
    assertClose(
        new double[] {hessian[1], hessian[2], hessian[5]},
        1e-11,
        -0.402801436078,
        -0.035773405169,
        -0.032849702186);
  }

  @Test
  void the_bias_and_its_gradient() {
    assertThat(bias.value(GoldenWorld.SHAPE, optimum)).isCloseTo(0.4522458854, within(1e-10));
    assertClose(
        bias.gradient(GoldenWorld.SHAPE, optimum),
        1e-11,
        -0.033483563762,
        0.373163554809,
        -0.041220485604);
  }

  @Test
  void the_influence_on_bias_and_its_order() {
    double[] influence = influence();

    assertClose(
        influence,
        1e-9,
        0.017532423,
        0.031619645,
        0.075936528,
        -0.088214939,
        0.020712473,
        0.047052546,
        0.087498622,
        -0.065203381);
    assertThat(harmfulFirst(influence)).containsExactly(6, 2, 5, 1, 4, 0, 7, 3);
  }

  @Test
  void leaving_one_row_out_changes_the_bias_as_the_spec_measured() {
    double before = bias.value(GoldenWorld.SHAPE, optimum);
    double[] changes =
        IntStream.range(0, 8)
            .mapToDouble(
                row -> {
                  double[] weights = GoldenWorld.TRAIN.weights().clone();
                  weights[row] = 0;
                  double[] refit = GoldenWorld.optimum(GoldenWorld.TRAIN.weighted(weights));
                  return bias.value(GoldenWorld.SHAPE, refit) - before;
                })
            .toArray();

    assertClose(
        changes, 1e-6, -0.021684, -0.041024, -0.122106, 0.130686, -0.025109, -0.059624, -0.125400,
        0.099793);
  }

  @Test
  void removing_the_two_most_harmful_rows() {
    HeadRows harmful = GoldenWorld.TRAIN.select(new int[] {6, 2});

    double[] edited = step(gradient(harmful));

    assertClose(edited, 1e-9, 1.751137749, 0.626381718, -0.000424132);
    assertThat(bias.value(GoldenWorld.SHAPE, edited)).isCloseTo(0.278103967, within(1e-9));
  }

  @Test
  void replacing_the_two_most_harmful_rows_by_their_counterfactuals() {
    HeadRows harmful = GoldenWorld.TRAIN.select(new int[] {6, 2});

    double[] edited =
        step(Vectors.plus(gradient(harmful), -1, gradient(GoldenWorld.flipped(harmful))));

    assertClose(edited, 1e-9, 0.514062287, -0.617363878, -0.040165184);
    assertThat(bias.value(GoldenWorld.SHAPE, edited)).isCloseTo(0.297154762, within(1e-9));
  }

  @Test
  void the_external_update_with_the_pairs_as_drawn() {
    double[] edited =
        step(
            Vectors.plus(
                gradient(GoldenWorld.PAIRS.factual()),
                -1,
                gradient(GoldenWorld.PAIRS.counterfactual())));

    assertClose(edited, 1e-9, 0.982861670, -0.671202428, 0.201908416);
    assertThat(bias.value(GoldenWorld.SHAPE, edited)).isCloseTo(0.307512792, within(1e-9));
  }

  private double[] influence() {
    return new InfluenceOnBias(GoldenWorld.SHAPE, optimum, GoldenWorld.solver(optimum))
        .of(bias, GoldenWorld.TRAIN);
  }

  private double[] gradient(HeadRows rows) {
    return new CrossEntropy(GoldenWorld.SHAPE).gradient(optimum, rows);
  }

  private double[] step(double[] gradient) {
    return Vectors.plus(optimum, 1, GoldenWorld.solver(optimum).solve(gradient));
  }

  private static int[] harmfulFirst(double[] influence) {
    return IntStream.range(0, influence.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -influence[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void assertClose(double[] actual, double tolerance, double... expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("component %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
