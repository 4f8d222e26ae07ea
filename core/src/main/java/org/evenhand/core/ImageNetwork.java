package org.evenhand.core;

import java.util.List;

/**
 * A network over images as plain data, up to its logits. Trained elsewhere, answered and exported
 * elsewhere.
 *
 * @param column the column of images that it reads
 * @param shape of one image as that column holds it, such as {@code [3, 64, 64]}
 * @param layers in their order; the last one puts out one number an output
 */
public record ImageNetwork(String column, List<Integer> shape, List<ImageLayer> layers) {
  /**
   * @throws CoreException if the layers do not fit together, or do not end in a vector
   */
  public ImageNetwork {
    shape = List.copyOf(shape);
    layers = List.copyOf(layers);
    List<Integer> output = ImageLayer.through(layers, shape);
    if (output.size() != 1) {
      throw new CoreException(
          "A network over images must end in a vector, but ends in %s.".formatted(output));
    }
  }

  /** The number of outputs. */
  public int outputs() {
    return ImageLayer.through(layers, shape).get(0);
  }
}
