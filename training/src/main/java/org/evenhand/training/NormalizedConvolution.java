package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/** A convolution with batch normalisation, which takes the place of a bias. */
final class NormalizedConvolution implements Layer {
  private final int inputs;
  private final int outputs;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final int kernels;
  private final BatchNorm norm;

  /** Zeros around the image keep its size, up to the stride. Starts as He et al. (2015) do. */
  NormalizedConvolution(Blueprint blueprint, int inputs, int outputs, int kernel, int stride) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = stride;
    padding = kernel / 2;
    double deviation = Math.sqrt(2.0 / ((double) outputs * kernel * kernel));
    kernels =
        blueprint.train(
            blueprint.normal(outputs * inputs * kernel * kernel, deviation),
            outputs,
            inputs,
            kernel,
            kernel);
    norm = new BatchNorm(blueprint, outputs);
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    Tensor output =
        torch.conv2d(
            input,
            weights.trained(kernels),
            new TensorOptional(),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            1);
    return norm.forward(output, weights, training);
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    float[] folded = Engine.values(weights.trained(kernels));
    float[] bias = norm.fold(weights, folded);
    return List.of(
        new ImageLayer.Convolution(inputs, outputs, kernel, stride, padding, folded, bias));
  }
}
