package org.evenhand.training;

import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/** Layer normalisation of tokens (Ba et al. 2016). */
final class LayerNorm implements Layer {
  /** As Dosovitskiy et al. (2021) have it. */
  private static final float EPSILON = 1e-6f;

  private final int channels;
  private final int scale;
  private final int shift;

  LayerNorm(Blueprint blueprint, int channels) {
    this.channels = channels;
    scale = blueprint.train(Blueprint.constant(channels, 1), channels);
    shift = blueprint.train(new float[channels], channels);
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    return torch.layer_norm(
        input,
        new LongArrayRef(new LongPointer(new long[] {channels}), 1),
        new TensorOptional(weights.trained(scale)),
        new TensorOptional(weights.trained(shift)),
        EPSILON,
        false);
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.LayerNorm(
            Engine.values(weights.trained(scale)), Engine.values(weights.trained(shift)), EPSILON));
  }
}
