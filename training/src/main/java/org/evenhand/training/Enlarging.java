package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/** A transposed convolution whose windows lie side by side: every pixel becomes 2 × 2. */
final class Enlarging implements Layer {
  private static final int FACTOR = 2;

  private final int inputs;
  private final int outputs;
  private final int kernels;
  private final int bias;

  /** Starts as PyTorch's do. */
  Enlarging(Blueprint blueprint, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    double limit = 1 / Math.sqrt((double) outputs * FACTOR * FACTOR);
    kernels =
        blueprint.train(
            blueprint.uniform(inputs * outputs * FACTOR * FACTOR, limit),
            inputs,
            outputs,
            FACTOR,
            FACTOR);
    bias = blueprint.train(blueprint.uniform(outputs, limit), outputs);
  }

  static Tensor enlarged(Tensor input, Tensor kernels, Tensor bias, int factor) {
    return torch.conv_transpose2d(
        input,
        kernels,
        new TensorOptional(bias),
        new long[] {factor, factor},
        new long[] {0, 0},
        new long[] {0, 0},
        1,
        1,
        1);
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    return enlarged(input, weights.trained(kernels), weights.trained(bias), FACTOR);
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.Enlargement(
            inputs,
            outputs,
            FACTOR,
            Engine.values(weights.trained(kernels)),
            Engine.values(weights.trained(bias))));
  }
}
