package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * A backbone with what prepares its input.
 *
 * @param layers from images to features
 * @param size number of features
 */
record Features(List<Layer> layers, int size) {
  private static final List<Integer> SMALL_STRIDES = List.of(2, 2, 2, 2);
  private static final List<Integer> COLOUR_STRIDES = List.of(2, 1, 1, 1);

  /** Hidden units of a transformer's perceptrons for every channel. */
  private static final int MLP_RATIO = 4;

  /**
   * @param input from the column's images to {@code [C, H, W]}
   * @param shape {@code [C, H, W]}
   */
  static Features of(
      Backbone backbone, List<Layer> input, List<Integer> shape, Blueprint blueprint) {
    List<Layer> layers = new ArrayList<>(input);
    int size;
    if (backbone instanceof Backbone.ResNet resNet) {
      size = resNet(resNet, shape.get(0), blueprint, layers);
    } else if (backbone instanceof Backbone.SmallCnn cnn) {
      size = convolutions(layers, blueprint, shape.get(0), cnn.width(), 3, SMALL_STRIDES);
    } else if (backbone instanceof Backbone.Vit vit) {
      size = vit(vit, shape, blueprint, layers);
    } else {
      size = mlp((Backbone.Mlp) backbone, shape, blueprint, layers);
    }
    return new Features(List.copyOf(layers), size);
  }

  /**
   * Sees colours and no shapes: four 1×1 convolutions, each with batch normalisation and twice the
   * channels of the one before, then global average pooling. The first one reads every second pixel
   * of every second line, which costs a quarter.
   *
   * @param input from the column's images to {@code [C, H, W]}
   * @param channels C
   * @param width channels of the first convolution
   */
  static Features colours(List<Layer> input, int channels, int width, Blueprint blueprint) {
    List<Layer> layers = new ArrayList<>(input);
    int size = convolutions(layers, blueprint, channels, width, 1, COLOUR_STRIDES);
    return new Features(List.copyOf(layers), size);
  }

  private static int resNet(
      Backbone.ResNet resNet, int channels, Blueprint blueprint, List<Layer> layers) {
    int[] blocks = resNet.depth() == 18 ? new int[] {2, 2, 2, 2} : new int[] {3, 4, 6, 3};
    int width = resNet.width();
    layers.add(Layout.BLOCKED);
    layers.add(new NormalizedConvolution(blueprint, channels, width, 7, 2));
    layers.add(FixedLayer.relu());
    layers.add(FixedLayer.maxPool(3, 2, 1));
    int before = width;
    for (int stage = 0; stage < blocks.length; stage++) {
      int outputs = width << stage;
      for (int block = 0; block < blocks[stage]; block++) {
        layers.add(basicBlock(blueprint, before, outputs, stage > 0 && block == 0 ? 2 : 1));
        layers.add(FixedLayer.relu());
        before = outputs;
      }
    }
    layers.add(Layout.PLAIN);
    layers.add(FixedLayer.globalAveragePool());
    return before;
  }

  /**
   * The sum in a block of a residual network, where a 1×1 convolution brings the input to shape.
   */
  static Residual basicBlock(Blueprint blueprint, int inputs, int outputs, int stride) {
    List<Layer> body =
        List.of(
            new NormalizedConvolution(blueprint, inputs, outputs, 3, stride),
            FixedLayer.relu(),
            new NormalizedConvolution(blueprint, outputs, outputs, 3, 1));
    return new Residual(
        body,
        stride == 1 && inputs == outputs
            ? List.of()
            : List.of(new NormalizedConvolution(blueprint, inputs, outputs, 1, stride)));
  }

  /** Convolutions, each of twice the channels of the one before; the channels of the last one. */
  private static int convolutions(
      List<Layer> layers,
      Blueprint blueprint,
      int channels,
      int width,
      int kernel,
      List<Integer> strides) {
    layers.add(Layout.BLOCKED);
    int before = channels;
    for (int stage = 0; stage < strides.size(); stage++) {
      int outputs = width << stage;
      layers.add(new NormalizedConvolution(blueprint, before, outputs, kernel, strides.get(stage)));
      layers.add(FixedLayer.relu());
      before = outputs;
    }
    layers.add(Layout.PLAIN);
    layers.add(FixedLayer.globalAveragePool());
    return before;
  }

  private static int mlp(
      Backbone.Mlp mlp, List<Integer> shape, Blueprint blueprint, List<Layer> layers) {
    layers.add(FixedLayer.flatten());
    int before = shape.stream().reduce(1, Math::multiplyExact);
    for (int units : mlp.hidden()) {
      layers.add(new Linear(blueprint, before, units));
      layers.add(FixedLayer.relu());
      before = units;
    }
    return before;
  }

  private static int vit(
      Backbone.Vit vit, List<Integer> shape, Blueprint blueprint, List<Layer> layers) {
    int width = vit.width();
    layers.add(new PatchEmbedding(blueprint, vit.patch(), shape, width));
    for (int block = 0; block < vit.depth(); block++) {
      List<Layer> attention =
          List.of(
              new LayerNorm(blueprint, width),
              new Linear(blueprint, width, 3 * width),
              FixedLayer.attention(vit.heads()),
              new Linear(blueprint, width, width));
      List<Layer> perceptron =
          List.of(
              new LayerNorm(blueprint, width),
              new Linear(blueprint, width, MLP_RATIO * width),
              FixedLayer.gelu(),
              new Linear(blueprint, MLP_RATIO * width, width));
      layers.add(new Residual(attention, List.of()));
      layers.add(new Residual(perceptron, List.of()));
    }
    layers.add(new LayerNorm(blueprint, width));
    layers.add(FixedLayer.tokenMean());
    return width;
  }

  Tensor forward(Tensor images, Weights weights, boolean training) {
    return Layer.through(layers, images, weights, training);
  }

  List<ImageLayer> freeze(Weights weights) {
    return Layer.freeze(layers, weights);
  }

  /** A whole network as plain data: these features with what comes behind them. */
  List<ImageLayer> followedBy(List<ImageLayer> last, Weights weights) {
    return Stream.concat(freeze(weights).stream(), last.stream()).toList();
  }
}
