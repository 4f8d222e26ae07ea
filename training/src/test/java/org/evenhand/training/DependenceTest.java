package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DependenceTest {
  private static final Engine ENGINE = Engine.start(Device.CPU);
  private static final int ROWS = 7;
  private static final double[] ONE = normal(2 * ROWS, 1);
  private static final double[] OTHER = normal(3 * ROWS, 2);

  private static double[] normal(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static Tensor tensor(double[] features) {
    float[] values = new float[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) features[i];
    }
    return ENGINE.tensor(values, ROWS, values.length / ROWS);
  }

  private static double dependence(double[] one, double[] other) {
    return Engine.scoped(() -> Dependence.of(tensor(one), tensor(other)).item_double());
  }

  private static double square(double[] features, int i, int j) {
    int width = features.length / ROWS;
    return IntStream.range(0, width)
        .mapToDouble(k -> features[i * width + k] - features[j * width + k])
        .map(difference -> difference * difference)
        .sum();
  }

  /** σ², the mean of all d². */
  private static double width(double[] features) {
    return IntStream.range(0, ROWS * ROWS)
        .mapToDouble(pair -> square(features, pair / ROWS, pair % ROWS))
        .average()
        .orElseThrow();
  }

  private static double[][] kernel(double[] features, double width) {
    double[][] kernel = new double[ROWS][ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < ROWS; j++) {
        kernel[i][j] = Math.exp(-square(features, i, j) / (2 * width));
      }
    }
    return kernel;
  }

  private static double[][] kernel(double[] features) {
    return kernel(features, width(features));
  }

  /**
   * The criterion's definition, E K(x,x′)L(y,y′) + E K(x,x′)·E L(y,y′) − 2 E K(x,x′)L(y,y″), with
   * means over all images that differ from each other.
   */
  private static double definition(double[][] k, double[][] l) {
    double together = 0;
    double apart = 0;
    double crossed = 0;
    int quadruples = 0;
    for (int a = 0; a < ROWS; a++) {
      for (int b = 0; b < ROWS; b++) {
        for (int c = 0; c < ROWS; c++) {
          for (int d = 0; d < ROWS; d++) {
            if (a != b && a != c && a != d && b != c && b != d && c != d) {
              together += k[a][b] * l[a][b];
              apart += k[a][b] * l[c][d];
              crossed += k[a][b] * l[a][c];
              quadruples++;
            }
          }
        }
      }
    }
    return (together + apart - 2 * crossed) / quadruples;
  }

  @Test
  void the_estimate_is_the_definition_over_all_quadruples_of_images() {
    assertThat(dependence(ONE, OTHER))
        .isEqualTo(definition(kernel(ONE), kernel(OTHER)), within(1e-6));
    assertThat(dependence(ONE, ONE))
        .isEqualTo(definition(kernel(ONE), kernel(ONE)), within(1e-6))
        .isGreaterThan(0.01);
  }

  @Test
  void size_direction_and_origin_of_features_do_not_count() {
    double cos = Math.cos(0.7);
    double sin = Math.sin(0.7);
    double[] moved = new double[ONE.length];
    for (int i = 0; i < ROWS; i++) {
      moved[2 * i] = 30 * (cos * ONE[2 * i] - sin * ONE[2 * i + 1]) + 5;
      moved[2 * i + 1] = 30 * (sin * ONE[2 * i] + cos * ONE[2 * i + 1]) - 2;
    }

    assertThat(dependence(moved, OTHER)).isEqualTo(dependence(ONE, OTHER), within(1e-5));
    assertThat(dependence(OTHER, ONE)).isEqualTo(dependence(ONE, OTHER), within(1e-6));
  }

  @Test
  void nothing_depends_on_features_that_are_all_the_same() {
    assertThat(dependence(ONE, new double[ROWS])).isEqualTo(0, within(1e-6));
  }

  @Test
  void the_slope_is_that_of_finite_differences() {
    float[] slope =
        Engine.scoped(
            () -> {
              Tensor features = tensor(ONE).set_requires_grad(true);
              Tensor value = Dependence.of(features, tensor(OTHER));
              return Engine.values(
                  torch.grad(new TensorVector(value), new TensorVector(features)).get(0));
            });

    // The width of the kernel is held constant.
    double width = width(ONE);
    double step = 1e-4;
    for (int i = 0; i < ONE.length; i++) {
      double[] up = ONE.clone();
      double[] down = ONE.clone();
      up[i] += step;
      down[i] -= step;
      double difference =
          definition(kernel(up, width), kernel(OTHER))
              - definition(kernel(down, width), kernel(OTHER));
      assertThat((double) slope[i]).isEqualTo(difference / (2 * step), within(1e-5));
    }
  }
}
