package org.evenhand.core;

import java.util.List;

/**
 * One step of an {@link ImageNetwork}. Tensors are {@code [N, C, H, W]} until they are {@linkplain
 * GlobalAveragePool pooled} or {@linkplain Flatten flattened} to {@code [N, C]}. There is no batch
 * normalisation: what a network learnt of it is folded into the convolution before it.
 */
public sealed interface ImageLayer {
  /**
   * The shape of what this layer puts out for one image.
   *
   * @param input the shape of what comes in, without the batch
   * @throws CoreException if that does not fit
   */
  List<Integer> output(List<Integer> input);

  /** {@code [H, W, C]} to {@code [C, H, W]}: for images whose channels come last. */
  record ChannelsFirst() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      return List.of(input.get(2), input.get(0), input.get(1));
    }
  }

  /**
   * Every channel centred and scaled: {@code (x − mean) · scale}.
   *
   * @param mean one a channel
   * @param scale one a channel, positive
   */
  record Standardize(float[] mean, float[] scale) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireChannels(mean.length, input);
      return input;
    }
  }

  /**
   * A convolution with square kernels, zeros around the image.
   *
   * @param inputs channels that come in
   * @param outputs channels that go out
   * @param kernel side of the kernel in pixels
   * @param stride pixels from one application to the next
   * @param padding pixels of zeros at every edge
   * @param weights outputs × inputs × kernel × kernel, row-major
   * @param bias one an output
   */
  record Convolution(
      int inputs, int outputs, int kernel, int stride, int padding, float[] weights, float[] bias)
      implements ImageLayer {
    /**
     * @throws CoreException if the lengths do not fit
     */
    public Convolution {
      if (weights.length != outputs * inputs * kernel * kernel || bias.length != outputs) {
        throw new CoreException(
            "A convolution from %d to %d channels by %d x %d needs %d weights and %d biases, but got %d and %d."
                .formatted(
                    inputs,
                    outputs,
                    kernel,
                    kernel,
                    outputs * inputs * kernel * kernel,
                    outputs,
                    weights.length,
                    bias.length));
      }
    }

    @Override
    public List<Integer> output(List<Integer> input) {
      requireChannels(inputs, input);
      return windows(outputs, input, kernel, stride, padding);
    }
  }

  /** Negative numbers become 0. */
  record Relu() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      return input;
    }
  }

  /**
   * The largest number of every square window.
   *
   * @param kernel side of the window in pixels
   * @param stride pixels from one window to the next
   * @param padding pixels that are never the largest at every edge
   */
  record MaxPool(int kernel, int stride, int padding) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      return windows(input.get(0), input, kernel, stride, padding);
    }
  }

  /**
   * The mean of every square window; windows lie side by side, and what is left over is not read.
   *
   * @param kernel side of the window in pixels
   */
  record AveragePool(int kernel) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      return windows(input.get(0), input, kernel, kernel, 0);
    }
  }

  /** The mean of every channel: {@code [C, H, W]} to {@code [C]}. */
  record GlobalAveragePool() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      return List.of(input.get(0));
    }
  }

  /** {@code [C, H, W]} to {@code [C·H·W]}, row-major. */
  record Flatten() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      return List.of(input.stream().reduce(1, Math::multiplyExact));
    }
  }

  /**
   * A dense layer over what has been pooled or flattened.
   *
   * @param layer the layer
   */
  record Dense(DenseLayer layer) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(1, input);
      requireChannels(layer.inputs(), input);
      return List.of(layer.outputs());
    }
  }

  /**
   * What a body makes of the input, plus what a shortcut makes of it.
   *
   * @param body at least one layer
   * @param shortcut none if the input itself is added
   */
  record Residual(List<ImageLayer> body, List<ImageLayer> shortcut) implements ImageLayer {
    /** Copies the layers. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }

    @Override
    public List<Integer> output(List<Integer> input) {
      List<Integer> sum = through(body, input);
      List<Integer> added = through(shortcut, input);
      if (!sum.equals(added)) {
        throw new CoreException("A residual layer cannot add %s to %s.".formatted(added, sum));
      }
      return sum;
    }
  }

  /**
   * The shape after several layers.
   *
   * @param layers in their order
   * @param input the shape before the first
   * @throws CoreException if they do not fit together
   */
  static List<Integer> through(List<ImageLayer> layers, List<Integer> input) {
    List<Integer> shape = input;
    for (ImageLayer layer : layers) {
      shape = layer.output(shape);
    }
    return shape;
  }

  private static List<Integer> windows(
      int channels, List<Integer> input, int kernel, int stride, int padding) {
    int height = (input.get(1) + 2 * padding - kernel) / stride + 1;
    int width = (input.get(2) + 2 * padding - kernel) / stride + 1;
    if (input.get(1) + 2 * padding < kernel || input.get(2) + 2 * padding < kernel) {
      throw new CoreException(
          "Images of %d x %d pixels are too small for a window of %d x %d."
              .formatted(input.get(1), input.get(2), kernel, kernel));
    }
    return List.of(channels, height, width);
  }

  private static void requireChannels(int expected, List<Integer> input) {
    if (input.get(0) != expected) {
      throw new CoreException(
          "A layer takes %d channels, but what comes before it gives %d."
              .formatted(expected, input.get(0)));
    }
  }

  private static void requireRank(int expected, List<Integer> input) {
    if (input.size() != expected) {
      throw new CoreException(
          "A layer takes tensors of %d dimensions, but what comes before it gives %s."
              .formatted(expected, input));
    }
  }
}
