package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * What a body makes of the input, plus what a shortcut makes of it.
 *
 * @param body at least one layer, whose output is overwritten
 * @param shortcut none if the input itself is added
 */
record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    Tensor sum = Layer.through(body, input, weights, training);
    return sum.add_(Layer.through(shortcut, input, weights, training));
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.Residual(Layer.freeze(body, weights), Layer.freeze(shortcut, weights)));
  }
}
