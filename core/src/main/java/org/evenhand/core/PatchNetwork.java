package org.evenhand.core;

import java.util.List;

/**
 * A perceptron over a table as plain data: encoders, dense layers with ReLU between them, softmax
 * at the end. Trained elsewhere, exported elsewhere.
 *
 * @param encoder from columns to the first layer's inputs
 * @param layers at least one; each takes the previous one's outputs
 */
public record PatchNetwork(TableEncoder encoder, List<DenseLayer> layers) implements Patch {
  /**
   * @throws CoreException if the layers do not fit together
   */
  public PatchNetwork {
    layers = List.copyOf(layers);
    int width = encoder.width();
    for (DenseLayer layer : layers) {
      if (layer.inputs() != width) {
        throw new CoreException(
            "A layer takes %d inputs, but the one before it gives %d."
                .formatted(layer.inputs(), width));
      }
      width = layer.outputs();
    }
  }

  @Override
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  @Override
  public double[] logProbabilities(Table inputs) {
    TableEncoder.Encoded encoded = encoder.encode(inputs);
    DenseLayer first = layers.get(0);
    double[] activations = firstLayer(first, encoded, inputs.rows());
    int width = first.outputs();
    for (DenseLayer layer : layers.subList(1, layers.size())) {
      activations = next(layer, activations, inputs.rows(), width);
      width = layer.outputs();
    }
    LogSpace.normalizeRows(activations, width);
    return activations;
  }

  private double[] firstLayer(DenseLayer layer, TableEncoder.Encoded encoded, int rows) {
    int numbers = encoder.numbers();
    int texts = rows == 0 ? 0 : encoded.hot().length / rows;
    double[] out = new double[rows * layer.outputs()];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < layer.outputs(); o++) {
        int weightsOfOutput = o * layer.inputs();
        double sum = layer.bias()[o];
        for (int j = 0; j < numbers; j++) {
          sum += layer.weights()[weightsOfOutput + j] * encoded.numbers()[row * numbers + j];
        }
        for (int j = 0; j < texts; j++) {
          int hot = encoded.hot()[row * texts + j];
          if (hot >= 0) {
            sum += layer.weights()[weightsOfOutput + hot];
          }
        }
        out[row * layer.outputs() + o] = sum;
      }
    }
    return out;
  }

  private static double[] next(DenseLayer layer, double[] before, int rows, int width) {
    double[] out = new double[rows * layer.outputs()];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < layer.outputs(); o++) {
        double sum = layer.bias()[o];
        for (int j = 0; j < width; j++) {
          sum += layer.weights()[o * width + j] * Math.max(0, before[row * width + j]);
        }
        out[row * layer.outputs() + o] = sum;
      }
    }
    return out;
  }
}
