package org.evenhand.training;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): in training by the batch's mean and variance, else
 * by their running averages.
 */
final class BatchNorm {
  /** PyTorch's defaults. */
  private static final double MOMENTUM = 0.1;

  private static final double EPSILON = 1e-5;

  private final int scale;
  private final int shift;
  private final int mean;
  private final int variance;

  BatchNorm(Blueprint blueprint, int channels) {
    scale = blueprint.train(Blueprint.constant(channels, 1), channels);
    shift = blueprint.train(new float[channels], channels);
    mean = blueprint.measure(new float[channels], channels);
    variance = blueprint.measure(Blueprint.constant(channels, 1), channels);
  }

  Tensor forward(Tensor input, Weights weights, boolean training) {
    return torch.batch_norm(
        input,
        new TensorOptional(weights.trained(scale)),
        new TensorOptional(weights.trained(shift)),
        new TensorOptional(weights.measured(mean)),
        new TensorOptional(weights.measured(variance)),
        training,
        MOMENTUM,
        EPSILON,
        false);
  }

  /**
   * Outside of training it is a factor and an addend a channel: scales the kernels before it in
   * place, and returns the bias that they need.
   *
   * @param kernels channels × anything, row-major
   */
  float[] fold(Weights weights, float[] kernels) {
    float[] factors = Engine.values(weights.trained(scale));
    float[] addends = Engine.values(weights.trained(shift));
    float[] means = Engine.values(weights.measured(mean));
    float[] variances = Engine.values(weights.measured(variance));
    int size = kernels.length / factors.length;
    float[] bias = new float[factors.length];
    for (int channel = 0; channel < factors.length; channel++) {
      double factor = factors[channel] / Math.sqrt(variances[channel] + EPSILON);
      bias[channel] = (float) (addends[channel] - means[channel] * factor);
      for (int i = channel * size; i < (channel + 1) * size; i++) {
        kernels[i] = (float) (kernels[i] * factor);
      }
    }
    return bias;
  }
}
