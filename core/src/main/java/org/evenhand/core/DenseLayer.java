package org.evenhand.core;

/**
 * One dense layer: {@code output = weights · input + bias}.
 *
 * @param inputs length of the input
 * @param outputs length of the output
 * @param weights outputs × inputs, row-major, 32-bit values so that an exported network computes
 *     the same
 * @param bias one an output
 */
public record DenseLayer(int inputs, int outputs, float[] weights, float[] bias) {
  /**
   * @throws CoreException if the lengths do not fit
   */
  public DenseLayer {
    if (weights.length != inputs * outputs || bias.length != outputs) {
      throw new CoreException(
          "A dense layer from %d to %d needs %d weights and %d biases, but got %d and %d."
              .formatted(inputs, outputs, inputs * outputs, outputs, weights.length, bias.length));
    }
  }
}
