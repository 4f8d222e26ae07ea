package org.evenhand.core;

import java.util.List;

/**
 * One step of an {@link ImageNetwork}. Tensors are {@code [N, C, H, W]} until they are {@linkplain
 * GlobalAveragePool pooled} or {@linkplain Flatten flattened} to {@code [N, C]}; a transformer's
 * are {@code [N, T, C]}, T {@linkplain Tokens tokens} of C channels, before they are pooled. There
 * is no batch normalisation: what a network learnt of it is folded into the convolution before it.
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

  /**
   * A transposed convolution whose windows lie side by side: every pixel becomes a square of
   * pixels.
   *
   * @param inputs channels that come in
   * @param outputs channels that go out
   * @param factor side of the square, at least 1
   * @param weights inputs × outputs × factor × factor, row-major
   * @param bias one an output
   */
  record Enlargement(int inputs, int outputs, int factor, float[] weights, float[] bias)
      implements ImageLayer {
    /**
     * @throws CoreException if the lengths do not fit
     */
    public Enlargement {
      if (weights.length != inputs * outputs * factor * factor || bias.length != outputs) {
        throw new CoreException(
            "An enlargement from %d to %d channels by %d needs %d weights and %d biases, but got %d and %d."
                .formatted(
                    inputs,
                    outputs,
                    factor,
                    inputs * outputs * factor * factor,
                    outputs,
                    weights.length,
                    bias.length));
      }
    }

    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      requireChannels(inputs, input);
      return List.of(outputs, input.get(1) * factor, input.get(2) * factor);
    }
  }

  /**
   * Something laid over every image: {@code x · kept + added}, place by place.
   *
   * @param shape of an image
   * @param kept how much of the image remains, one number a place, row-major
   * @param added what is added, one number a place
   */
  record Overlay(List<Integer> shape, float[] kept, float[] added) implements ImageLayer {
    /**
     * @throws CoreException if the lengths do not fit
     */
    public Overlay {
      shape = List.copyOf(shape);
      int size = shape.stream().reduce(1, Math::multiplyExact);
      if (kept.length != size || added.length != size) {
        throw new CoreException(
            "An overlay of shape %s needs %d numbers to keep and %d to add, but got %d and %d."
                .formatted(shape, size, size, kept.length, added.length));
      }
    }

    @Override
    public List<Integer> output(List<Integer> input) {
      if (!input.equals(shape)) {
        throw new CoreException(
            "An overlay of shape %s does not fit what comes before it, %s."
                .formatted(shape, input));
      }
      return input;
    }
  }

  /** The hyperbolic tangent of every number. */
  record Tanh() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      return input;
    }
  }

  /**
   * Numbers outside of a range become its nearer end.
   *
   * @param low the least number
   * @param high the greatest
   */
  record Clip(float low, float high) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      return input;
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

  /** The mean of every channel: {@code [C, H, W]}, or {@code [T, C]} of tokens, to {@code [C]}. */
  record GlobalAveragePool() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      if (input.size() == 2) {
        return List.of(input.get(1));
      }
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
   * A dense layer over what has been pooled or flattened, or over every token alike.
   *
   * @param layer the layer
   */
  record Dense(DenseLayer layer) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      if (input.size() == 2) {
        requireTokens(layer.inputs(), input);
        return List.of(input.get(0), layer.outputs());
      }
      requireRank(1, input);
      requireChannels(layer.inputs(), input);
      return List.of(layer.outputs());
    }
  }

  /** {@code [C, H, W]} to {@code [H·W, C]}: every place becomes a token, row by row. */
  record Tokens() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(3, input);
      return List.of(Math.multiplyExact(input.get(1), input.get(2)), input.get(0));
    }
  }

  /**
   * The same numbers added to every image, such as what a transformer learnt of the places of its
   * tokens.
   *
   * @param values as many as an image has here, row-major
   */
  record Offset(float[] values) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      if (input.stream().reduce(1, Math::multiplyExact) != values.length) {
        throw new CoreException(
            "A layer adds %d numbers, but what comes before it gives %s."
                .formatted(values.length, input));
      }
      return input;
    }
  }

  /**
   * Every token centred and scaled by the mean and the variance of its own channels (Ba et al.
   * 2016): {@code (x − mean) / √(variance + epsilon) · scale + shift}.
   *
   * @param scale one a channel
   * @param shift one a channel
   * @param epsilon keeps a token without variance finite, positive
   */
  record LayerNorm(float[] scale, float[] shift, float epsilon) implements ImageLayer {
    /**
     * @throws CoreException if there are not as many shifts as scales
     */
    public LayerNorm {
      if (scale.length != shift.length) {
        throw new CoreException(
            "Layer normalisation needs a scale and a shift a channel, but got %d and %d."
                .formatted(scale.length, shift.length));
      }
    }

    @Override
    public List<Integer> output(List<Integer> input) {
      requireTokens(scale.length, input);
      return input;
    }
  }

  /**
   * Attention of tokens to each other (Vaswani et al. 2017): {@code [T, 3C]}, the queries, keys and
   * values of all heads side by side, to {@code [T, C]}. With the Q, K and V of a head, each {@code
   * [T, C/heads]}, that head gives {@code softmax(Q·Kᵀ / √(C/heads))·V}; the heads' results stand
   * side by side. The dense layers before and behind it are layers of their own.
   *
   * @param heads at least 1, into which the channels are divided evenly
   */
  record Attention(int heads) implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      requireRank(2, input);
      if (heads < 1 || input.get(1) % (3 * heads) != 0) {
        throw new CoreException(
            "Attention with %d heads needs as many channels for each of the queries, keys and values of every head, but what comes before it gives %s."
                .formatted(heads, input));
      }
      return List.of(input.get(0), input.get(1) / 3);
    }
  }

  /**
   * The Gaussian error linear unit in its form with a hyperbolic tangent (Hendrycks and Gimpel
   * 2016): {@code x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))}.
   */
  record Gelu() implements ImageLayer {
    @Override
    public List<Integer> output(List<Integer> input) {
      return input;
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

  private static void requireTokens(int channels, List<Integer> input) {
    requireRank(2, input);
    if (input.get(1) != channels) {
      throw new CoreException(
          "A layer takes tokens of %d channels, but what comes before it gives %s."
              .formatted(channels, input));
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
