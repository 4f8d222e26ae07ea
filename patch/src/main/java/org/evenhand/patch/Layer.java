package org.evenhand.patch;

import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;

/**
 * A dense layer in training. Weights are kept an input a row, so that an entry of a sparse input
 * touches one contiguous array; the last row is the bias.
 */
final class Layer {
  private final int inputs;
  private final int outputs;
  private final float[][] weights;
  private final float[][] gradient;
  private final float[][] mean;
  private final float[][] square;
  private final float[][] weightsOfOutput;

  /**
   * A layer with uniformly random weights whose variance keeps the activations' (He et al. 2015),
   * and no bias.
   *
   * @param entries how many inputs of a row are not zero
   */
  Layer(int inputs, int outputs, int entries, SplittableRandom random) {
    this.inputs = inputs;
    this.outputs = outputs;
    weights = new float[inputs + 1][outputs];
    gradient = new float[inputs + 1][outputs];
    mean = new float[inputs + 1][outputs];
    square = new float[inputs + 1][outputs];
    weightsOfOutput = new float[outputs][inputs];
    double limit = Math.sqrt(6.0 / Math.max(1, entries));
    for (int j = 0; j < inputs; j++) {
      for (int o = 0; o < outputs; o++) {
        weights[j][o] = (float) random.nextDouble(-limit, limit);
      }
    }
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  void forward(SparseVector input, float[] output) {
    System.arraycopy(weights[inputs], 0, output, 0, outputs);
    Vectors.addRows(input, weights, output);
  }

  /** Adds a row's share to the gradient. */
  void accumulate(SparseVector input, float[] outputSlopes) {
    Vectors.addToRows(input, outputSlopes, gradient);
    Vectors.add(1, outputSlopes, gradient[inputs]);
  }

  /** The slopes of the loss in the inputs; needs {@link #transpose} since the last step. */
  void backward(float[] outputSlopes, float[] inputSlopes) {
    Vectors.combine(outputSlopes, weightsOfOutput, inputSlopes);
  }

  void transpose() {
    for (int j = 0; j < inputs; j++) {
      for (int o = 0; o < outputs; o++) {
        weightsOfOutput[o][j] = weights[j][o];
      }
    }
  }

  void step(Adam adam, float scale, float l2) {
    for (int j = 0; j <= inputs; j++) {
      adam.update(weights[j], gradient[j], scale, j < inputs ? l2 : 0, mean[j], square[j]);
    }
  }

  float gradient(int input, int output) {
    return gradient[input][output];
  }

  DenseLayer freeze() {
    transpose();
    float[] flat = new float[outputs * inputs];
    for (int o = 0; o < outputs; o++) {
      System.arraycopy(weightsOfOutput[o], 0, flat, o * inputs, inputs);
    }
    return new DenseLayer(inputs, outputs, flat, weights[inputs].clone());
  }
}
