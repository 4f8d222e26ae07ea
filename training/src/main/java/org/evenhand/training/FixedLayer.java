package org.evenhand.training;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * A layer without anything to train.
 *
 * @param frozen the layer as plain data
 * @param operation the same in libtorch
 */
record FixedLayer(ImageLayer frozen, UnaryOperator<Tensor> operation) implements Layer {
  static FixedLayer relu() {
    return new FixedLayer(new ImageLayer.Relu(), torch::relu_);
  }

  static FixedLayer flatten() {
    return new FixedLayer(new ImageLayer.Flatten(), input -> input.flatten(1, -1));
  }

  static FixedLayer globalAveragePool() {
    return new FixedLayer(new ImageLayer.GlobalAveragePool(), input -> input.mean(2, 3));
  }

  /** The mean of all tokens. */
  static FixedLayer tokenMean() {
    return new FixedLayer(new ImageLayer.GlobalAveragePool(), input -> input.mean(new long[] {1}));
  }

  static FixedLayer gelu() {
    return new FixedLayer(new ImageLayer.Gelu(), input -> torch.gelu(input, "tanh"));
  }

  /** Attention of tokens to each other, from the queries, keys and values of all heads. */
  static FixedLayer attention(int heads) {
    return new FixedLayer(
        new ImageLayer.Attention(heads),
        input -> {
          long rows = input.size(0);
          long tokens = input.size(1);
          long size = input.size(2) / (3L * heads);
          Tensor parts = input.reshape(rows, tokens, 3, heads, size).permute(2, 0, 3, 1, 4);
          Tensor mixed =
              torch.scaled_dot_product_attention(
                  parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
          return mixed.transpose(1, 2).reshape(rows, tokens, heads * size);
        });
  }

  static FixedLayer tanh() {
    return new FixedLayer(new ImageLayer.Tanh(), torch::tanh);
  }

  static FixedLayer clip(float low, float high) {
    ScalarOptional least = new ScalarOptional(new Scalar(low));
    ScalarOptional most = new ScalarOptional(new Scalar(high));
    return new FixedLayer(new ImageLayer.Clip(low, high), input -> torch.clamp(input, least, most));
  }

  static FixedLayer channelsFirst() {
    return new FixedLayer(
        new ImageLayer.ChannelsFirst(), input -> input.permute(0, 3, 1, 2).contiguous());
  }

  static FixedLayer averagePool(int kernel) {
    return new FixedLayer(
        new ImageLayer.AveragePool(kernel), input -> torch.avg_pool2d(input, kernel, kernel));
  }

  static FixedLayer maxPool(int kernel, int stride, int padding) {
    long[] window = {kernel, kernel};
    long[] step = {stride, stride};
    long[] edge = {padding, padding};
    long[] dilation = {1, 1};
    return new FixedLayer(
        new ImageLayer.MaxPool(kernel, stride, padding),
        input -> torch.max_pool2d(input, window, step, edge, dilation, false));
  }

  /** Centres and scales every channel: {@code (x − mean) · scale}. */
  static FixedLayer standardize(Engine engine, float[] mean, float[] scale) {
    Tensor centre = engine.tensor(mean, 1, mean.length, 1, 1);
    Tensor factor = engine.tensor(scale, 1, scale.length, 1, 1);
    return new FixedLayer(
        new ImageLayer.Standardize(mean, scale), input -> input.sub(centre).mul(factor));
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    return operation.apply(input);
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(frozen);
  }
}
