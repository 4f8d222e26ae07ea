package org.evenhand.patch;

import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;

/**
 * The first layer in training. Its input is mostly zeros, so that weights are kept by input: an
 * entry touches one contiguous array, a zero none. The last array is the bias.
 */
final class InputLayer implements Layer {
  private final int inputs;
  private final int outputs;
  private final float[][] weights;
  private final float[][] gradient;
  private final float[][] mean;
  private final float[][] square;

  /**
   * A layer with uniformly random weights whose variance keeps the activations' (He et al. 2015),
   * and no bias.
   *
   * @param entries how many inputs of a row are not zero
   */
  InputLayer(int inputs, int outputs, int entries, SplittableRandom random) {
    this.inputs = inputs;
    this.outputs = outputs;
    weights = new float[inputs + 1][outputs];
    gradient = new float[inputs + 1][outputs];
    mean = new float[inputs + 1][outputs];
    square = new float[inputs + 1][outputs];
    double limit = Layer.limit(entries);
    for (int j = 0; j < inputs; j++) {
      for (int o = 0; o < outputs; o++) {
        weights[j][o] = (float) random.nextDouble(-limit, limit);
      }
    }
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

  @Override
  public void step(Adam adam, float scale, float l2) {
    for (int j = 0; j <= inputs; j++) {
      adam.update(weights[j], gradient[j], scale, j < inputs ? l2 : 0, mean[j], square[j]);
    }
  }

  @Override
  public float gradient(int input, int output) {
    return gradient[input][output];
  }

  @Override
  public DenseLayer freeze() {
    float[] flat = new float[outputs * inputs];
    for (int j = 0; j < inputs; j++) {
      for (int o = 0; o < outputs; o++) {
        flat[o * inputs + j] = weights[j][o];
      }
    }
    return new DenseLayer(inputs, outputs, flat, weights[inputs].clone());
  }
}
