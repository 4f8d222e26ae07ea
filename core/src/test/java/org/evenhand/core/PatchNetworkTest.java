package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchNetworkTest {
  private static final TableEncoder ENCODER =
      new TableEncoder(
          List.of(
              new FeatureEncoder.Standardized("age", 30, 0.1f),
              new FeatureEncoder.OneHot("sex", List.of("Female", "Male"))));

  private static Table person(double age, String sex) {
    return Table.of(
        List.of(new NumericColumn("age", new double[] {age}), TextColumn.of("sex", List.of(sex))));
  }

  private static double logOdds(PatchNetwork network, Table row) {
    double[] answer = network.logProbabilities(row);
    return answer[1] - answer[0];
  }

  @Test
  void a_softmax_regression_is_computed_as_by_hand() {
    PatchNetwork network =
        new PatchNetwork(
            ENCODER,
            List.of(
                new DenseLayer(
                    3, 2, new float[] {0, 0, 0, 2, 0.5f, -0.25f}, new float[] {0, 0.125f})));
    // Log-odds 2 · (40 − 30)/10 − 0.25 + 0.125 for a man, + 0.5 for a woman, + 0 if unknown.
    assertThat(logOdds(network, person(40, "Male"))).isCloseTo(1.875, within(1e-12));
    assertThat(logOdds(network, person(40, "Female"))).isCloseTo(2.625, within(1e-12));
    assertThat(logOdds(network, person(40, "unheard of"))).isCloseTo(2.125, within(1e-12));
    assertThat(logOdds(network, person(Double.NaN, "Male"))).isCloseTo(-0.125, within(1e-12));
  }

  @Test
  void hidden_units_are_rectified_and_answers_are_not() {
    DenseLayer hidden = new DenseLayer(3, 2, new float[] {1, 0, 0, -1, 0, 0}, new float[] {0, 0});
    DenseLayer last = new DenseLayer(2, 2, new float[] {0, 0, 3, 5}, new float[] {0, -10});
    PatchNetwork network = new PatchNetwork(ENCODER, List.of(hidden, last));
    // One unit is max(0, z), the other max(0, −z), with z = ±1.
    assertThat(logOdds(network, person(40, "Male"))).isCloseTo(3 - 10, within(1e-12));
    assertThat(logOdds(network, person(20, "Male"))).isCloseTo(5 - 10, within(1e-12));
  }

  @Test
  void answers_are_normalised_even_where_logits_are_huge() {
    PatchNetwork network =
        new PatchNetwork(
            ENCODER,
            List.of(
                new DenseLayer(3, 2, new float[] {1e4f, 0, 0, -1e4f, 0, 0}, new float[] {0, 0})));
    double[] answer = network.logProbabilities(person(40, "Male"));
    assertThat(answer[0]).isZero();
    assertThat(answer[1]).isEqualTo(-2e4);
  }

  @Test
  void the_answer_to_a_row_does_not_depend_on_the_rows_beside_it() {
    Random random = new Random(3);
    PatchNetwork network =
        new PatchNetwork(
            ENCODER, List.of(layer(3, 7, random), layer(7, 5, random), layer(5, 3, random)));
    int rows = 20;
    Table table =
        Table.of(
            List.of(
                new NumericColumn("age", random.doubles(rows, 10, 60).toArray()),
                TextColumn.of(
                    "sex",
                    random
                        .ints(rows, 0, 3)
                        .mapToObj(List.of("Female", "Male", "unknown")::get)
                        .toList())));
    double[] together = network.logProbabilities(table);
    double[] apart =
        IntStream.range(0, rows)
            .boxed()
            .flatMapToDouble(
                row -> DoubleStream.of(network.logProbabilities(table.slice(row, row + 1))))
            .toArray();
    assertThat(together).containsExactly(apart);
    assertThat(network.logProbabilities(table.slice(0, 0))).isEmpty();
  }

  private static DenseLayer layer(int inputs, int outputs, Random random) {
    float[] weights = new float[inputs * outputs];
    float[] bias = new float[outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    for (int o = 0; o < outputs; o++) {
      bias[o] = (float) random.nextGaussian();
    }
    return new DenseLayer(inputs, outputs, weights, bias);
  }

  @Test
  void layers_that_do_not_fit_together_are_refused() {
    DenseLayer layer = new DenseLayer(4, 2, new float[8], new float[2]);
    assertThatThrownBy(() -> new PatchNetwork(ENCODER, List.of(layer)))
        .isInstanceOf(CoreException.class)
        .hasMessage("A layer takes 4 inputs, but what comes before it gives 3.");
    assertThatThrownBy(() -> new PatchNetwork(ENCODER, List.of()))
        .isInstanceOf(CoreException.class)
        .hasMessage("A network needs at least one layer.");
    assertThatThrownBy(() -> new DenseLayer(3, 2, new float[5], new float[2]))
        .isInstanceOf(CoreException.class)
        .hasMessage("A dense layer from 3 to 2 needs 6 weights and 2 biases, but got 5 and 2.");
  }
}
