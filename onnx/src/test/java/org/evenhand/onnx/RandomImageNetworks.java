package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/** Seeded networks over images with weights as large as those of trained ones, and noise. */
final class RandomImageNetworks {
  private final Random random;
  private final List<ImageLayer> layers = new ArrayList<>();
  private List<Integer> shape;

  private RandomImageNetworks(List<Integer> shape, long seed) {
    this.random = new Random(seed);
    this.shape = shape;
  }

  /** A network of a random architecture over 1 to 3 channels, first or last. */
  static ImageNetwork any(long seed) {
    Random sizes = new Random(seed);
    int channels = 1 + sizes.nextInt(3);
    int height = 28 + sizes.nextInt(8);
    int width = 28 + sizes.nextInt(8);
    boolean last = sizes.nextBoolean();
    List<Integer> shape =
        last ? List.of(height, width, channels) : List.of(channels, height, width);
    RandomImageNetworks network = new RandomImageNetworks(shape, seed + 1);
    network.start(last);
    for (int block = 0; block < 2; block++) {
      network.convolution();
      network.maybeResidual();
      network.maybePool();
    }
    return new ImageNetwork("image", shape, network.finished(2 + sizes.nextInt(4)));
  }

  /** A small residual network, much like those that are trained as patches. */
  static ImageNetwork small(
      String column, List<Integer> shape, boolean channelsLast, int outputs, long seed) {
    RandomImageNetworks network = new RandomImageNetworks(shape, seed);
    network.start(channelsLast);
    network.convolved(6, 3, 2, 1);
    network.add(new ImageLayer.MaxPool(3, 2, 1));
    network.residual(1);
    network.add(new ImageLayer.GlobalAveragePool());
    network.dense(outputs);
    return new ImageNetwork(column, shape, network.layers);
  }

  /** What is laid over an image, and what is added to it, before a network reads it. */
  static ImageNetwork perturbed(List<Integer> shape, int outputs, long seed) {
    RandomImageNetworks network = new RandomImageNetworks(shape, seed);
    int channels = shape.get(0);
    int size = shape.stream().reduce(1, Math::multiplyExact);
    network.add(new ImageLayer.Overlay(shape, network.normals(size, 1), network.normals(size, 1)));
    List<ImageLayer> addend =
        List.of(
            network.convolution(channels, 4, 3, 2, 1),
            new ImageLayer.Relu(),
            new ImageLayer.Enlargement(
                4, channels, 2, network.normals(16 * channels, 0.5), network.normals(channels, 1)),
            new ImageLayer.Tanh());
    network.add(new ImageLayer.Residual(addend, List.of()));
    network.add(new ImageLayer.Clip(-1, 1.5f));
    network.convolved(5, 3, 2, 1);
    network.add(new ImageLayer.GlobalAveragePool());
    network.dense(outputs);
    return new ImageNetwork("image", shape, network.layers);
  }

  /** Dense layers over the pixels themselves. */
  static ImageNetwork perceptron(List<Integer> shape, int outputs, long seed) {
    RandomImageNetworks network = new RandomImageNetworks(shape, seed);
    network.add(new ImageLayer.Flatten());
    network.dense(50);
    network.add(new ImageLayer.Relu());
    network.dense(outputs);
    return new ImageNetwork("image", shape, network.layers);
  }

  /** A vision transformer with two blocks of two heads and tokens of 8 numbers. */
  static ImageNetwork transformer(
      String column, List<Integer> shape, int patch, int outputs, long seed) {
    RandomImageNetworks network = new RandomImageNetworks(shape, seed);
    network.start(false);
    int width = 8;
    network.add(network.convolution(network.shape.get(0), width, patch, patch, 0));
    network.add(new ImageLayer.Tokens());
    network.add(new ImageLayer.Offset(network.normals(network.shape.get(0) * width, 0.5)));
    for (int block = 0; block < 2; block++) {
      network.add(
          new ImageLayer.Residual(
              List.of(
                  network.norm(width),
                  network.dense(width, 3 * width),
                  new ImageLayer.Attention(2),
                  network.dense(width, width)),
              List.of()));
      network.add(
          new ImageLayer.Residual(
              List.of(
                  network.norm(width),
                  network.dense(width, 4 * width),
                  new ImageLayer.Gelu(),
                  network.dense(4 * width, width)),
              List.of()));
    }
    network.add(network.norm(width));
    network.add(new ImageLayer.GlobalAveragePool());
    network.dense(outputs);
    return new ImageNetwork(column, shape, network.layers);
  }

  private ImageLayer norm(int width) {
    float[] scale = normals(width, 0.3);
    for (int c = 0; c < width; c++) {
      scale[c] += 1.5f;
    }
    return new ImageLayer.LayerNorm(scale, normals(width, 0.3), 1e-6f);
  }

  /** ResNet-18 of 64 channels, with batch normalisation folded away. */
  static ImageNetwork resNet18(List<Integer> shape, int outputs, long seed) {
    RandomImageNetworks network = new RandomImageNetworks(shape, seed);
    network.start(false);
    network.convolved(64, 7, 2, 3);
    network.add(new ImageLayer.MaxPool(3, 2, 1));
    for (int stage = 0; stage < 4; stage++) {
      if (stage > 0) {
        network.wideningResidual();
      } else {
        network.residual(1);
      }
      network.residual(1);
    }
    network.add(new ImageLayer.GlobalAveragePool());
    network.dense(outputs);
    return new ImageNetwork("image", shape, network.layers);
  }

  private void add(ImageLayer layer) {
    shape = layer.output(shape);
    layers.add(layer);
  }

  private void start(boolean channelsLast) {
    if (channelsLast) {
      add(new ImageLayer.ChannelsFirst());
    }
    int channels = shape.get(0);
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = 1 + 2 * random.nextFloat();
    }
    add(new ImageLayer.Standardize(normals(channels, 0.5), scale));
  }

  private void convolution() {
    convolved(
        1 + random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(2), random.nextInt(2));
  }

  private void convolved(int outputs, int kernel, int stride, int padding) {
    add(convolution(shape.get(0), outputs, kernel, stride, padding));
    add(new ImageLayer.Relu());
  }

  private ImageLayer.Convolution convolution(
      int inputs, int outputs, int kernel, int stride, int padding) {
    int reads = inputs * kernel * kernel;
    return new ImageLayer.Convolution(
        inputs,
        outputs,
        kernel,
        stride,
        padding,
        normals(outputs * reads, Math.sqrt(2.0 / reads)),
        normals(outputs, 0.1));
  }

  private void maybeResidual() {
    if (random.nextBoolean()) {
      residual(1 + random.nextInt(2));
    }
  }

  private void residual(int stride) {
    int channels = shape.get(0);
    List<ImageLayer> body =
        List.of(
            convolution(channels, channels, 3, stride, 1),
            new ImageLayer.Relu(),
            convolution(channels, channels, 3, 1, 1));
    List<ImageLayer> shortcut =
        stride == 1 ? List.of() : List.of(convolution(channels, channels, 1, stride, 0));
    add(new ImageLayer.Residual(body, shortcut));
    add(new ImageLayer.Relu());
  }

  /** Twice the channels at half the resolution. */
  private void wideningResidual() {
    int channels = shape.get(0);
    List<ImageLayer> body =
        List.of(
            convolution(channels, 2 * channels, 3, 2, 1),
            new ImageLayer.Relu(),
            convolution(2 * channels, 2 * channels, 3, 1, 1));
    add(new ImageLayer.Residual(body, List.of(convolution(channels, 2 * channels, 1, 2, 0))));
    add(new ImageLayer.Relu());
  }

  private void maybePool() {
    if (Math.min(shape.get(1), shape.get(2)) < 3) {
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> add(new ImageLayer.MaxPool(3, 1 + random.nextInt(2), random.nextInt(2)));
      case 1 -> add(new ImageLayer.AveragePool(1 + random.nextInt(2)));
      default -> {}
    }
  }

  private List<ImageLayer> finished(int outputs) {
    add(random.nextBoolean() ? new ImageLayer.GlobalAveragePool() : new ImageLayer.Flatten());
    if (random.nextBoolean()) {
      dense(1 + random.nextInt(6));
      add(new ImageLayer.Relu());
    }
    dense(outputs);
    return layers;
  }

  private void dense(int outputs) {
    add(dense(shape.get(0), outputs));
  }

  private ImageLayer dense(int inputs, int outputs) {
    float[] weights = normals(outputs * inputs, Math.sqrt(2.0 / inputs));
    return new ImageLayer.Dense(new DenseLayer(inputs, outputs, weights, normals(outputs, 0.1)));
  }

  private float[] normals(int count, double deviation) {
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) (deviation * random.nextGaussian());
    }
    return drawn;
  }

  /** Noise whose channels, first or last, are of another strength in each image. */
  static Table images(String column, List<Integer> shape, int rows, long seed) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    TensorColumn.Source noise =
        (index, into, offset) -> {
          SplittableRandom pixels = new SplittableRandom(seed + index);
          double[] first = pixels.doubles(3, -2, 2).toArray();
          double[] last = pixels.doubles(3, -2, 2).toArray();
          for (int i = 0; i < size; i++) {
            into[offset + i] = (float) (first[3 * i / size] * last[i % 3] * pixels.nextDouble());
          }
        };
    return Table.of(List.of(TensorColumn.of(column, shape, rows, noise)));
  }

  /** Whole numbers from 0 to 5, of another range in each image. */
  static Table pixels(String column, List<Integer> shape, int rows, long seed) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    TensorColumn.Source noise =
        (index, into, offset) -> {
          SplittableRandom pixels = new SplittableRandom(seed + index);
          for (int i = 0; i < size; i++) {
            into[offset + i] = pixels.nextInt(1 + (index + 3 * i / size) % 6);
          }
        };
    return Table.of(List.of(TensorColumn.of(column, shape, rows, noise)));
  }
}
