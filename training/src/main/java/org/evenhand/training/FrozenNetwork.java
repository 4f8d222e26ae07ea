package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;

/**
 * A deployed network that is never changed, but through which gradients flow to its input.
 *
 * @param body from images to what the last dense layer reads
 * @param end the last dense layer
 */
record FrozenNetwork(List<Step> body, Step end) {
  /**
   * @throws TrainingException if the network does not end in a dense layer, or is a transformer
   */
  static FrozenNetwork of(Engine engine, ImageNetwork network) {
    List<ImageLayer> layers = network.layers();
    int last = layers.size() - 1;
    if (!(layers.get(last) instanceof ImageLayer.Dense)) {
      throw new TrainingException(
          "The network ends in %s, but a dense layer over features is needed at its end."
              .formatted(layers.get(last).getClass().getSimpleName()));
    }
    return new FrozenNetwork(
        layers.subList(0, last).stream().map(layer -> frozen(engine, layer)).toList(),
        frozen(engine, layers.get(last)));
  }

  /** What the last dense layer reads of some images. */
  Tensor features(Tensor images) {
    return through(body, images);
  }

  /** What the network answers to images of these features. */
  Tensor logits(Tensor features) {
    return through(List.of(end), features);
  }

  private static Tensor through(List<Step> layers, Tensor input) {
    Tensor value = input;
    for (Step layer : layers) {
      value = layer.forward(value);
    }
    return value;
  }

  /** A step without anything to train. */
  @FunctionalInterface
  interface Step {
    /** What it makes of a batch. */
    Tensor forward(Tensor input);
  }

  private static Step frozen(Engine engine, ImageLayer layer) {
    if (layer instanceof ImageLayer.Convolution convolution) {
      return convolution(engine, convolution);
    } else if (layer instanceof ImageLayer.Enlargement enlargement) {
      return enlargement(engine, enlargement);
    } else if (layer instanceof ImageLayer.Dense dense) {
      return dense(engine, dense.layer());
    } else if (layer instanceof ImageLayer.Residual residual) {
      List<Step> body = residual.body().stream().map(each -> frozen(engine, each)).toList();
      List<Step> shortcut = residual.shortcut().stream().map(each -> frozen(engine, each)).toList();
      return input -> through(body, input).add(through(shortcut, input));
    } else if (layer instanceof ImageLayer.Overlay overlay) {
      return overlay(engine, overlay);
    } else if (layer instanceof ImageLayer.Standardize to) {
      return of(FixedLayer.standardize(engine, to.mean(), to.scale()));
    } else if (layer instanceof ImageLayer.MaxPool pool) {
      return of(FixedLayer.maxPool(pool.kernel(), pool.stride(), pool.padding()));
    } else if (layer instanceof ImageLayer.AveragePool pool) {
      return of(FixedLayer.averagePool(pool.kernel()));
    } else if (layer instanceof ImageLayer.Clip clip) {
      return of(FixedLayer.clip(clip.low(), clip.high()));
    } else if (layer instanceof ImageLayer.Tanh) {
      return of(FixedLayer.tanh());
    } else if (layer instanceof ImageLayer.GlobalAveragePool) {
      return of(FixedLayer.globalAveragePool());
    } else if (layer instanceof ImageLayer.Flatten) {
      return of(FixedLayer.flatten());
    } else if (layer instanceof ImageLayer.ChannelsFirst) {
      return of(FixedLayer.channelsFirst());
    } else if (layer instanceof ImageLayer.Relu) {
      // Not in place: what it reads may be read by a shortcut too.
      return torch::relu;
    }
    throw new TrainingException(
        "Gradients are not taken through layers of the kind %s; take a method that needs none."
            .formatted(layer.getClass().getSimpleName()));
  }

  private static Step of(FixedLayer layer) {
    return layer.operation()::apply;
  }

  private static Step convolution(Engine engine, ImageLayer.Convolution layer) {
    long side = layer.kernel();
    Tensor weights = engine.tensor(layer.weights(), layer.outputs(), layer.inputs(), side, side);
    TensorOptional bias = new TensorOptional(engine.tensor(layer.bias(), layer.outputs()));
    long[] strides = {layer.stride(), layer.stride()};
    long[] padding = {layer.padding(), layer.padding()};
    return input -> torch.conv2d(input, weights, bias, strides, padding, new long[] {1, 1}, 1);
  }

  private static Step enlargement(Engine engine, ImageLayer.Enlargement layer) {
    long side = layer.factor();
    Tensor weights = engine.tensor(layer.weights(), layer.inputs(), layer.outputs(), side, side);
    Tensor bias = engine.tensor(layer.bias(), layer.outputs());
    return input -> Enlarging.enlarged(input, weights, bias, layer.factor());
  }

  private static Step dense(Engine engine, DenseLayer layer) {
    Tensor weights = engine.tensor(layer.weights(), layer.outputs(), layer.inputs());
    TensorOptional bias = new TensorOptional(engine.tensor(layer.bias(), layer.outputs()));
    return input -> torch.linear(input, weights, bias);
  }

  private static Step overlay(Engine engine, ImageLayer.Overlay layer) {
    long[] shape = layer.shape().stream().mapToLong(Integer::longValue).toArray();
    Tensor kept = engine.tensor(layer.kept(), shape);
    Tensor added = engine.tensor(layer.added(), shape);
    return input -> input.mul(kept).add(added);
  }
}
