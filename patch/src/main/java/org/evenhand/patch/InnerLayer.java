package org.evenhand.patch;

import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;

/**
 * A later layer in training: many inputs, most of them not zero, and often few outputs, so that
 * weights are kept by output.
 */
final class InnerLayer implements Layer {
  private final int inputs;
  private final float[][] weights;
  private final float[][] gradient;
  private final float[][] mean;
  private final float[][] square;
  private final float[][] bias;

  /**
   * A layer with uniformly random weights whose variance keeps the activations' (He et al. 2015),
   * and no bias.
   */
  InnerLayer(int inputs, int outputs, SplittableRandom random) {
    this.inputs = inputs;
    weights = new float[outputs][inputs];
    gradient = new float[outputs][inputs];
    mean = new float[outputs][inputs];
    square = new float[outputs][inputs];
    // Itself, its gradient, and the averages of that and of its square.
    bias = new float[4][outputs];
    double limit = Layer.limit(inputs);
    for (int j = 0; j < inputs; j++) {
      for (float[] ofOutput : weights) {
        ofOutput[j] = (float) random.nextDouble(-limit, limit);
      }
    }
  }

  void forward(float[] input, float[] output) {
    for (int o = 0; o < output.length; o++) {
      output[o] = bias[0][o] + Vectors.product(weights[o], input);
    }
  }

  /** Adds a row's share to the gradient. */
  void accumulate(float[] input, float[] outputSlopes) {
    for (int o = 0; o < outputSlopes.length; o++) {
      Vectors.add(outputSlopes[o], input, gradient[o]);
    }
    Vectors.add(1, outputSlopes, bias[1]);
  }

  /** The slopes of the loss in the inputs. */
  void backward(float[] outputSlopes, float[] inputSlopes) {
    Vectors.combine(outputSlopes, weights, inputSlopes);
  }

  @Override
  public void step(Adam adam, float scale, float l2) {
    for (int o = 0; o < weights.length; o++) {
      adam.update(weights[o], gradient[o], scale, l2, mean[o], square[o]);
    }
    adam.update(bias[0], bias[1], scale, 0, bias[2], bias[3]);
  }

  @Override
  public float gradient(int input, int output) {
    return input == inputs ? bias[1][output] : gradient[output][input];
  }

  @Override
  public DenseLayer freeze() {
    float[] flat = new float[weights.length * inputs];
    for (int o = 0; o < weights.length; o++) {
      System.arraycopy(weights[o], 0, flat, o * inputs, inputs);
    }
    return new DenseLayer(inputs, weights.length, flat, bias[0].clone());
  }
}
