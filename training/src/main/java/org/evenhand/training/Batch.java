package org.evenhand.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Some images.
 *
 * @param rows which images they are
 * @param shape of one image
 * @param pixels one image after the other
 */
record Batch(int[] rows, List<Integer> shape, float[] pixels) {
  int size() {
    return rows.length;
  }

  /** The images of a part of the rows. */
  Batch part(int index, int parts) {
    int from = (int) ((long) rows.length * index / parts);
    int to = (int) ((long) rows.length * (index + 1) / parts);
    int image = pixels.length / rows.length;
    return new Batch(
        Arrays.copyOfRange(rows, from, to),
        shape,
        Arrays.copyOfRange(pixels, from * image, to * image));
  }

  Tensor tensor(Engine engine) {
    return engine.tensor(pixels, rows.length, shape.get(0), shape.get(1), shape.get(2));
  }

  /**
   * Mirrors every image left to right half of the time, in place.
   *
   * @param channelsLast whether an image is {@code [H, W, C]} rather than {@code [C, H, W]}
   */
  void flip(boolean channelsLast, SplittableRandom random) {
    int channels = channelsLast ? shape.get(2) : 1;
    int line = channels * shape.get(channelsLast ? 1 : 2);
    int image = pixels.length / rows.length;
    for (int row = 0; row < rows.length; row++) {
      if (random.nextBoolean()) {
        for (int at = row * image; at < (row + 1) * image; at += line) {
          mirror(at, line / channels, channels);
        }
      }
    }
  }

  private void mirror(int at, int width, int channels) {
    for (int x = 0; x < width / 2; x++) {
      for (int c = 0; c < channels; c++) {
        int left = at + x * channels + c;
        int right = at + (width - 1 - x) * channels + c;
        float value = pixels[left];
        pixels[left] = pixels[right];
        pixels[right] = value;
      }
    }
  }
}
