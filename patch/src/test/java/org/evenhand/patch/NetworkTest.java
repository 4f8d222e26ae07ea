package org.evenhand.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.junit.jupiter.api.Test;

/** Training's gradients against central differences of the network that core evaluates. */
class NetworkTest {
  private static final int ROWS = 6;
  private static final int OUTPUTS = 3;

  private final Table table = Tables.mixed(ROWS, 5);
  private final double[] labels = Tables.softLabels(ROWS, OUTPUTS, 6);
  private final double[] weights = {0.5, 1, 2, 0.25, 1, 1.25}; // of mean 1
  private final TableEncoder encoder = TableEncoder.fit(table);
  private final int[] rows = IntStream.range(0, ROWS).toArray();
  private final Examples examples =
      Examples.of(encoder.encode(table), rows, labels, OUTPUTS, weights);
  private final Network network =
      new Network(
          encoder.width(), examples.columns(), List.of(7, 5), OUTPUTS, new SplittableRandom(7));

  /** In double precision, by code that shares nothing with training. */
  private double crossEntropy(List<DenseLayer> layers) {
    double[] answers = new PatchNetwork(encoder, layers).logProbabilities(table);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= weights[i / OUTPUTS] * labels[i] * answers[i];
    }
    return sum;
  }

  @Test
  void training_and_core_agree_on_the_cross_entropy() {
    assertThat(network.crossEntropy(examples, rows))
        .isCloseTo(crossEntropy(network.freeze()), within(1e-5));
  }

  @Test
  void the_gradient_equals_central_differences() {
    for (int row : rows) {
      network.accumulate(examples, row);
    }
    List<DenseLayer> layers = network.freeze();
    for (int l = 0; l < layers.size(); l++) {
      double error = 0;
      double size = 0;
      for (int o = 0; o < layers.get(l).outputs(); o++) {
        for (int j = 0; j <= layers.get(l).inputs(); j++) {
          double difference = centralDifference(layers, l, j, o);
          double gradient = network.layers().get(l).gradient(j, o);
          error += (gradient - difference) * (gradient - difference);
          size += difference * difference;
        }
      }
      assertThat(Math.sqrt(error / size)).as("relative error in layer %d", l).isLessThan(1e-4);
    }
  }

  /** By one weight, or by the bias where {@code input} is one past the inputs. */
  private double centralDifference(List<DenseLayer> layers, int l, int input, int output) {
    DenseLayer layer = layers.get(l);
    boolean bias = input == layer.inputs();
    float at = bias ? layer.bias()[output] : layer.weights()[output * layer.inputs() + input];
    float above = at + 1e-3f;
    float below = at - 1e-3f;
    return (crossEntropy(with(layers, l, input, output, above))
            - crossEntropy(with(layers, l, input, output, below)))
        / ((double) above - below);
  }

  private static List<DenseLayer> with(
      List<DenseLayer> layers, int l, int input, int output, float value) {
    DenseLayer layer = layers.get(l);
    float[] weights = layer.weights().clone();
    float[] bias = layer.bias().clone();
    if (input == layer.inputs()) {
      bias[output] = value;
    } else {
      weights[output * layer.inputs() + input] = value;
    }
    List<DenseLayer> changed = new ArrayList<>(layers);
    changed.set(l, new DenseLayer(layer.inputs(), layer.outputs(), weights, bias));
    return changed;
  }
}
