package org.evenhand.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.ImageLayer;

/**
 * What comes before a backbone: channels first, no more pixels than wanted, and every channel with
 * mean 0 and standard deviation 1 over the images that are trained on.
 *
 * @param layers from the column's images to the backbone's
 * @param shape of an image after them, {@code [C, H, W]}
 */
record InputLayers(List<Layer> layers, List<Integer> shape) {
  /** Enough for a mean and a deviation. */
  private static final int SAMPLE = 1_024;

  /**
   * @param rows that are trained on, in random order
   */
  static InputLayers of(Engine engine, Images images, int[] rows, int largestSide) {
    List<FixedLayer> layers = new ArrayList<>();
    if (images.channelsLast()) {
      layers.add(FixedLayer.channelsFirst());
    }
    List<Integer> shape = shape(layers, images);
    int largest = Math.max(shape.get(1), shape.get(2));
    int kernel = (int) Math.min(largest, ((long) largest + largestSide - 1) / largestSide);
    if (kernel > 1) {
      layers.add(FixedLayer.averagePool(kernel));
    }
    layers.add(standardize(engine, images, Arrays.copyOf(rows, Math.min(SAMPLE, rows.length))));
    return new InputLayers(List.copyOf(layers), shape(layers, images));
  }

  private static List<Integer> shape(List<FixedLayer> layers, Images images) {
    List<ImageLayer> frozen = layers.stream().map(FixedLayer::frozen).toList();
    return ImageLayer.through(frozen, images.column().shape());
  }

  private static FixedLayer standardize(Engine engine, Images images, int[] rows) {
    List<Integer> shape = images.column().shape();
    int size = images.column().size();
    int channels = images.channelsLast() ? shape.get(2) : shape.get(0);
    int pixels = size / channels;
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    for (int row : rows) {
      float[] image = images.read(new int[] {row});
      for (int i = 0; i < size; i++) {
        int channel = images.channelsLast() ? i % channels : i / pixels;
        sums[channel] += image[i];
        squares[channel] += (double) image[i] * image[i];
      }
    }
    double count = (double) rows.length * pixels;
    float[] means = new float[channels];
    float[] scales = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double mean = sums[channel] / count;
      double deviation = Math.sqrt(Math.max(0, squares[channel] / count - mean * mean));
      means[channel] = (float) mean;
      // A channel that never changes says nothing; it must not be divided by 0.
      scales[channel] = deviation > 1e-6 * (1 + Math.abs(mean)) ? (float) (1 / deviation) : 1;
    }
    return FixedLayer.standardize(engine, means, scales);
  }
}
