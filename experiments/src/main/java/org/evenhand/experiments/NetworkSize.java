package org.evenhand.experiments;

import java.util.List;
import org.evenhand.core.ImageLayer;

/** How many numbers a network has learnt. */
final class NetworkSize {
  private NetworkSize() {}

  /** Weights and biases of all layers, those of normalisation folded in. */
  static int of(List<ImageLayer> layers) {
    int sum = 0;
    for (ImageLayer layer : layers) {
      if (layer instanceof ImageLayer.Dense dense) {
        sum += dense.layer().weights().length + dense.layer().bias().length;
      } else if (layer instanceof ImageLayer.Convolution convolution) {
        sum += convolution.weights().length + convolution.bias().length;
      } else if (layer instanceof ImageLayer.Residual residual) {
        sum += of(residual.body()) + of(residual.shortcut());
      }
    }
    return sum;
  }
}
