package org.evenhand.onnx;

import java.util.Arrays;
import java.util.List;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;

/** Networks over images evaluated word by word, in 64 bits. */
final class ReferenceImageNetwork {
  private ReferenceImageNetwork() {}

  /** One image's numbers, or what a layer makes of them, row-major. */
  private record Tensor(List<Integer> shape, double[] values) {
    int size(int axis) {
      return shape.get(axis);
    }

    double at(int c, int y, int x) {
      return values[(c * size(1) + y) * size(2) + x];
    }

    boolean holds(int y, int x) {
      return y >= 0 && y < size(1) && x >= 0 && x < size(2);
    }
  }

  /** What a tensor of three dimensions holds at each place. */
  private interface Place {
    double value(int c, int y, int x);
  }

  static double[] logits(ImageNetwork network, float[] image) {
    double[] values = new double[image.length];
    Arrays.setAll(values, i -> image[i]);
    return through(network.layers(), new Tensor(network.shape(), values)).values();
  }

  private static Tensor through(List<ImageLayer> layers, Tensor input) {
    Tensor tensor = input;
    for (ImageLayer layer : layers) {
      tensor = after(layer, tensor);
    }
    return tensor;
  }

  private static Tensor after(ImageLayer layer, Tensor in) {
    List<Integer> shape = layer.output(in.shape());
    if (layer instanceof ImageLayer.Convolution conv) {
      return filled(shape, (c, y, x) -> convolved(conv, in, c, y, x));
    } else if (layer instanceof ImageLayer.Relu) {
      return new Tensor(shape, Arrays.stream(in.values()).map(v -> Math.max(0, v)).toArray());
    } else if (layer instanceof ImageLayer.Tanh) {
      return new Tensor(shape, Arrays.stream(in.values()).map(Math::tanh).toArray());
    } else if (layer instanceof ImageLayer.Clip clip) {
      return new Tensor(
          shape,
          Arrays.stream(in.values())
              .map(v -> Math.min(clip.high(), Math.max(clip.low(), v)))
              .toArray());
    } else if (layer instanceof ImageLayer.Overlay overlay) {
      double[] sum = in.values().clone();
      Arrays.setAll(sum, i -> sum[i] * overlay.kept()[i] + overlay.added()[i]);
      return new Tensor(shape, sum);
    } else if (layer instanceof ImageLayer.Enlargement enlargement) {
      return filled(shape, (c, y, x) -> enlarged(enlargement, in, c, y, x));
    } else if (layer instanceof ImageLayer.MaxPool pool) {
      return filled(shape, (c, y, x) -> largest(pool, in, c, y, x));
    } else if (layer instanceof ImageLayer.AveragePool pool) {
      return filled(shape, (c, y, x) -> mean(pool.kernel(), in, c, y, x));
    } else if (layer instanceof ImageLayer.GlobalAveragePool) {
      return new Tensor(
          shape,
          in.shape().size() == 2
              ? ReferenceTokens.means(in.values(), shape.get(0))
              : channelMeans(in));
    } else if (layer instanceof ImageLayer.Flatten) {
      return new Tensor(shape, in.values());
    } else if (layer instanceof ImageLayer.Standardize to) {
      return filled(shape, (c, y, x) -> (in.at(c, y, x) - to.mean()[c]) * to.scale()[c]);
    } else if (layer instanceof ImageLayer.ChannelsFirst) {
      return filled(shape, (c, y, x) -> in.at(y, x, c));
    } else if (layer instanceof ImageLayer.Dense dense) {
      return new Tensor(
          shape,
          ReferenceTokens.each(in.values(), dense.layer().inputs(), x -> dense(dense.layer(), x)));
    } else if (layer instanceof ImageLayer.Tokens) {
      return new Tensor(shape, ReferenceTokens.of(in.values(), in.size(0)));
    } else if (layer instanceof ImageLayer.Offset offset) {
      double[] sum = in.values().clone();
      Arrays.setAll(sum, i -> sum[i] + offset.values()[i]);
      return new Tensor(shape, sum);
    } else if (layer instanceof ImageLayer.LayerNorm norm) {
      return new Tensor(
          shape,
          ReferenceTokens.each(
              in.values(), norm.scale().length, x -> ReferenceTokens.normalized(norm, x)));
    } else if (layer instanceof ImageLayer.Attention attention) {
      return new Tensor(
          shape, ReferenceTokens.attended(attention.heads(), in.values(), in.size(0)));
    } else if (layer instanceof ImageLayer.Gelu) {
      return new Tensor(shape, Arrays.stream(in.values()).map(ReferenceTokens::gelu).toArray());
    }
    ImageLayer.Residual residual = (ImageLayer.Residual) layer;
    double[] sum = through(residual.body(), in).values().clone();
    double[] added = through(residual.shortcut(), in).values();
    Arrays.setAll(sum, i -> sum[i] + added[i]);
    return new Tensor(shape, sum);
  }

  private static Tensor filled(List<Integer> shape, Place place) {
    double[] values = new double[shape.get(0) * shape.get(1) * shape.get(2)];
    int at = 0;
    for (int c = 0; c < shape.get(0); c++) {
      for (int y = 0; y < shape.get(1); y++) {
        for (int x = 0; x < shape.get(2); x++) {
          values[at++] = place.value(c, y, x);
        }
      }
    }
    return new Tensor(shape, values);
  }

  private static double convolved(ImageLayer.Convolution conv, Tensor in, int c, int y, int x) {
    double sum = conv.bias()[c];
    int side = conv.kernel();
    for (int from = 0; from < conv.inputs(); from++) {
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          int row = y * conv.stride() + i - conv.padding();
          int column = x * conv.stride() + j - conv.padding();
          if (in.holds(row, column)) {
            float weight = conv.weights()[((c * conv.inputs() + from) * side + i) * side + j];
            sum += weight * in.at(from, row, column);
          }
        }
      }
    }
    return sum;
  }

  private static double enlarged(ImageLayer.Enlargement layer, Tensor in, int c, int y, int x) {
    double sum = layer.bias()[c];
    int side = layer.factor();
    for (int from = 0; from < layer.inputs(); from++) {
      int square = (from * layer.outputs() + c) * side * side;
      float weight = layer.weights()[square + y % side * side + x % side];
      sum += weight * in.at(from, y / side, x / side);
    }
    return sum;
  }

  private static double largest(ImageLayer.MaxPool pool, Tensor in, int c, int y, int x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pool.kernel(); i++) {
      for (int j = 0; j < pool.kernel(); j++) {
        int row = y * pool.stride() + i - pool.padding();
        int column = x * pool.stride() + j - pool.padding();
        if (in.holds(row, column)) {
          largest = Math.max(largest, in.at(c, row, column));
        }
      }
    }
    return largest;
  }

  private static double mean(int side, Tensor in, int c, int y, int x) {
    double sum = 0;
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        sum += in.at(c, y * side + i, x * side + j);
      }
    }
    return sum / (side * side);
  }

  private static double[] channelMeans(Tensor in) {
    int pixels = in.size(1) * in.size(2);
    double[] means = new double[in.size(0)];
    for (int i = 0; i < in.values().length; i++) {
      means[i / pixels] += in.values()[i] / pixels;
    }
    return means;
  }

  private static double[] dense(DenseLayer layer, double[] in) {
    double[] out = new double[layer.outputs()];
    for (int o = 0; o < out.length; o++) {
      out[o] = layer.bias()[o];
      for (int j = 0; j < in.length; j++) {
        out[o] += layer.weights()[o * in.length + j] * in[j];
      }
    }
    return out;
  }
}
