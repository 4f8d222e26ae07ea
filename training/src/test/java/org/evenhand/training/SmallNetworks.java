package org.evenhand.training;

import java.util.List;
import java.util.Random;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;

/** Seeded networks that stand for deployed ones. */
final class SmallNetworks {
  private SmallNetworks() {}

  /** Two convolutions with rectifiers, pooled, over images {@code [2, H, W]}: two classes. */
  static ImageNetwork convolutional(List<Integer> shape, long seed) {
    Random random = new Random(seed);
    return new ImageNetwork(
        "image",
        shape,
        List.of(
            new ImageLayer.Standardize(new float[] {100, 120}, new float[] {0.01f, 0.008f}),
            convolution(2, 4, 3, 2, random),
            new ImageLayer.Relu(),
            convolution(4, 6, 3, 1, random),
            new ImageLayer.Relu(),
            new ImageLayer.GlobalAveragePool(),
            dense(6, 2, random)));
  }

  /** A layer of every kind, over images {@code [8, 9, 2]}. */
  static ImageNetwork ofEveryLayer(long seed) {
    Random random = new Random(seed);
    List<Integer> shape = List.of(2, 8, 9);
    ImageLayer.Residual block =
        new ImageLayer.Residual(
            List.of(
                new ImageLayer.Relu(),
                convolution(3, 5, 3, 2, random),
                new ImageLayer.Tanh(),
                convolution(5, 5, 3, 1, random)),
            List.of(convolution(3, 5, 1, 2, random)));
    return new ImageNetwork(
        "image",
        List.of(8, 9, 2),
        List.of(
            new ImageLayer.ChannelsFirst(),
            new ImageLayer.Standardize(new float[] {100, 120}, new float[] {0.01f, 0.008f}),
            new ImageLayer.Overlay(shape, normals(144, 1, random), normals(144, 1, random)),
            new ImageLayer.Clip(-1.5f, 1),
            new ImageLayer.Enlargement(
                2, 3, 2, normals(2 * 3 * 4, 0.5, random), normals(3, 0.5, random)),
            new ImageLayer.MaxPool(3, 1, 1),
            block,
            new ImageLayer.AveragePool(2),
            convolution(5, 4, 3, 1, random),
            new ImageLayer.Relu(),
            new ImageLayer.Flatten(),
            dense(64, 6, random),
            new ImageLayer.Relu(),
            dense(6, 3, random)));
  }

  private static ImageLayer.Convolution convolution(
      int inputs, int outputs, int kernel, int stride, Random random) {
    int reads = inputs * kernel * kernel;
    return new ImageLayer.Convolution(
        inputs,
        outputs,
        kernel,
        stride,
        kernel / 2,
        normals(outputs * reads, Math.sqrt(2.0 / reads), random),
        normals(outputs, 0.1, random));
  }

  private static ImageLayer.Dense dense(int inputs, int outputs, Random random) {
    float[] weights = normals(outputs * inputs, Math.sqrt(2.0 / inputs), random);
    return new ImageLayer.Dense(
        new DenseLayer(inputs, outputs, weights, normals(outputs, 0.1, random)));
  }

  private static float[] normals(int count, double deviation, Random random) {
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) (deviation * random.nextGaussian());
    }
    return drawn;
  }
}
