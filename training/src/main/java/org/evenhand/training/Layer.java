package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/** One step of a network in training. */
interface Layer {
  /**
   * What it makes of a batch.
   *
   * @param training whether statistics are those of the batch, and are measured on the way
   */
  Tensor forward(Tensor input, Weights weights, boolean training);

  /** The same out of training, as plain data. */
  List<ImageLayer> freeze(Weights weights);

  /** What several layers make of a batch, one after the other. */
  static Tensor through(List<Layer> layers, Tensor input, Weights weights, boolean training) {
    Tensor value = input;
    for (Layer layer : layers) {
      value = layer.forward(value, weights, training);
    }
    return value;
  }

  /** Several layers as plain data. */
  static List<ImageLayer> freeze(List<Layer> layers, Weights weights) {
    return layers.stream().flatMap(layer -> layer.freeze(weights).stream()).toList();
  }
}
