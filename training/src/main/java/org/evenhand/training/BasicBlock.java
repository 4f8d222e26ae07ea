package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * The basic block of residual networks: two 3×3 convolutions added to the input, which a 1×1
 * convolution brings to their shape where it is another.
 */
final class BasicBlock implements Layer {
  private final List<Layer> body;
  private final List<Layer> shortcut;

  BasicBlock(Blueprint blueprint, int inputs, int outputs, int stride) {
    body =
        List.of(
            new NormalizedConvolution(blueprint, inputs, outputs, 3, stride),
            FixedLayer.relu(),
            new NormalizedConvolution(blueprint, outputs, outputs, 3, 1));
    shortcut =
        stride == 1 && inputs == outputs
            ? List.of()
            : List.of(new NormalizedConvolution(blueprint, inputs, outputs, 1, stride));
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    Tensor sum = Layer.through(body, input, weights, training);
    return torch.relu_(sum.add_(Layer.through(shortcut, input, weights, training)));
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.Residual(Layer.freeze(body, weights), Layer.freeze(shortcut, weights)),
        new ImageLayer.Relu());
  }
}
