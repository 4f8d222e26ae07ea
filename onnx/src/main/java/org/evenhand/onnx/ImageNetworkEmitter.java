package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;

/**
 * Adds a network over images to a graph. It computes with 32-bit numbers: ONNX Runtime has no
 * 64-bit convolution, and a network is trained in 32 bits.
 *
 * @param graph what it is added to
 * @param prefix of the names of its tensors
 */
record ImageNetworkEmitter(GraphBuilder graph, String prefix) {
  private static final double GELU_LINEAR = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBIC = 0.044715 * GELU_LINEAR;

  /**
   * Adds the network and returns its logits, {@code float [N, outputs]}.
   *
   * @param images the name of a {@code float} tensor of the network's shape
   */
  String logits(ImageNetwork network, String images) {
    return through(network.layers(), network.shape(), images);
  }

  private String through(List<ImageLayer> layers, List<Integer> shape, String tensor) {
    String activations = tensor;
    List<Integer> incoming = shape;
    for (ImageLayer layer : layers) {
      activations = after(layer, incoming, activations);
      incoming = layer.output(incoming);
    }
    return activations;
  }

  private String after(ImageLayer layer, List<Integer> shape, String input) {
    if (layer instanceof ImageLayer.Convolution convolution) {
      return convolution(convolution, input);
    } else if (layer instanceof ImageLayer.Relu) {
      return node("Relu", "relu", List.of(input));
    } else if (layer instanceof ImageLayer.Tanh) {
      return node("Tanh", "tanh", List.of(input));
    } else if (layer instanceof ImageLayer.Clip clip) {
      return clipped(clip, input);
    } else if (layer instanceof ImageLayer.Overlay overlay) {
      return overlaid(overlay, input);
    } else if (layer instanceof ImageLayer.Enlargement enlargement) {
      return enlarged(enlargement, input);
    } else if (layer instanceof ImageLayer.Residual residual) {
      String body = through(residual.body(), shape, input);
      String shortcut = through(residual.shortcut(), shape, input);
      return node("Add", "sum", List.of(body, shortcut));
    } else if (layer instanceof ImageLayer.MaxPool pool) {
      return maxPool(pool, input);
    } else if (layer instanceof ImageLayer.AveragePool pool) {
      return node(
          "AveragePool",
          "average_pool",
          List.of(input),
          attribute("kernel_shape", square(pool.kernel())),
          attribute("strides", square(pool.kernel())));
    } else if (layer instanceof ImageLayer.GlobalAveragePool) {
      String channels = shape.size() == 2 ? tokens().channelsFirst(input) : input;
      return flat(node("GlobalAveragePool", "means", List.of(channels)));
    } else if (layer instanceof ImageLayer.Flatten) {
      return flat(input);
    } else if (layer instanceof ImageLayer.Standardize standardize) {
      return standardized(standardize, shape.size(), input);
    } else if (layer instanceof ImageLayer.ChannelsFirst) {
      return node(
          "Transpose",
          "channels_first",
          List.of(input),
          attribute("perm", new long[] {0, 3, 1, 2}));
    } else if (layer instanceof ImageLayer.Dense dense) {
      return shape.size() == 2 ? tokens().dense(dense.layer(), input) : dense(dense.layer(), input);
    } else if (layer instanceof ImageLayer.Tokens) {
      return tokens().of(shape, input);
    } else if (layer instanceof ImageLayer.Offset offset) {
      return offset(offset, shape, input);
    } else if (layer instanceof ImageLayer.LayerNorm norm) {
      return tokens().normalized(norm, shape.get(0), input);
    } else if (layer instanceof ImageLayer.Attention attention) {
      return tokens().attended(attention.heads(), shape, input);
    }
    return gelu(input);
  }

  private TokenEmitter tokens() {
    return new TokenEmitter(graph, prefix);
  }

  private String convolution(ImageLayer.Convolution layer, String input) {
    String weights =
        graph.constant(
            prefix + "/convolution/weights",
            layer.weights(),
            layer.outputs(),
            layer.inputs(),
            layer.kernel(),
            layer.kernel());
    String bias = graph.constant(prefix + "/convolution/bias", layer.bias(), layer.outputs());
    return node(
        "Conv",
        "convolution",
        List.of(input, weights, bias),
        attribute("kernel_shape", square(layer.kernel())),
        attribute("strides", square(layer.stride())),
        attribute("pads", allEdges(layer.padding())));
  }

  private String enlarged(ImageLayer.Enlargement layer, String input) {
    String weights =
        graph.constant(
            prefix + "/enlargement/weights",
            layer.weights(),
            layer.inputs(),
            layer.outputs(),
            layer.factor(),
            layer.factor());
    String bias = graph.constant(prefix + "/enlargement/bias", layer.bias(), layer.outputs());
    return node(
        "ConvTranspose",
        "enlargement",
        List.of(input, weights, bias),
        attribute("kernel_shape", square(layer.factor())),
        attribute("strides", square(layer.factor())));
  }

  private String overlaid(ImageLayer.Overlay layer, String input) {
    long[] dimensions =
        LongStream.concat(LongStream.of(1), layer.shape().stream().mapToLong(Integer::longValue))
            .toArray();
    String kept = graph.constant(prefix + "/kept", layer.kept(), dimensions);
    String added = graph.constant(prefix + "/added", layer.added(), dimensions);
    return node("Add", "overlaid", List.of(node("Mul", "kept", List.of(input, kept)), added));
  }

  private String clipped(ImageLayer.Clip layer, String input) {
    String low = graph.constant(prefix + "/low", new float[] {layer.low()});
    String high = graph.constant(prefix + "/high", new float[] {layer.high()});
    return node("Clip", "clipped", List.of(input, low, high));
  }

  private String maxPool(ImageLayer.MaxPool pool, String input) {
    return node(
        "MaxPool",
        "max_pool",
        List.of(input),
        attribute("kernel_shape", square(pool.kernel())),
        attribute("strides", square(pool.stride())),
        attribute("pads", allEdges(pool.padding())));
  }

  private String dense(DenseLayer layer, String input) {
    String weights =
        graph.constant(prefix + "/dense/weights", layer.weights(), layer.outputs(), layer.inputs());
    String bias = graph.constant(prefix + "/dense/bias", layer.bias(), layer.outputs());
    return node("Gemm", "dense", List.of(input, weights, bias), attribute("transB", 1));
  }

  private String offset(ImageLayer.Offset layer, List<Integer> shape, String input) {
    long[] dimensions =
        LongStream.concat(LongStream.of(1), shape.stream().mapToLong(i -> i)).toArray();
    String values = graph.constant(prefix + "/offset/values", layer.values(), dimensions);
    return node("Add", "offset", List.of(input, values));
  }

  /** {@code x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))}; Gelu itself came with operator set 20. */
  private String gelu(String input) {
    String square = node("Mul", "gelu/square", List.of(input, input));
    String bent = node("Mul", "gelu/bent", List.of(square, number("gelu/cubic", GELU_CUBIC)));
    String factor = node("Add", "gelu/factor", List.of(bent, number("gelu/linear", GELU_LINEAR)));
    String inner = node("Mul", "gelu/inner", List.of(input, factor));
    String tanh = node("Tanh", "gelu/tanh", List.of(inner));
    String gate = node("Add", "gelu/gate", List.of(tanh, number("gelu/one", 1)));
    String half = node("Mul", "gelu/half", List.of(input, number("gelu/half_factor", 0.5)));
    return node("Mul", "gelu", List.of(half, gate));
  }

  private String number(String name, double value) {
    return graph.constant(prefix + "/" + name, new float[] {(float) value}, 1);
  }

  private String standardized(ImageLayer.Standardize layer, int rank, String input) {
    String mean = perChannel("mean", layer.mean(), rank);
    String scale = perChannel("scale", layer.scale(), rank);
    String centred = node("Sub", "centred", List.of(input, mean));
    return node("Mul", "standardized", List.of(centred, scale));
  }

  /** {@code [1, C, 1, …]}, which broadcasts over a batch of images. */
  private String perChannel(String name, float[] values, int rank) {
    long[] dimensions =
        IntStream.rangeClosed(0, rank).mapToLong(axis -> axis == 1 ? values.length : 1).toArray();
    return graph.constant(prefix + "/" + name, values, dimensions);
  }

  private String flat(String input) {
    return node("Flatten", "flat", List.of(input), attribute("axis", 1));
  }

  private String node(
      String operator, String name, List<String> inputs, AttributeProto... attributes) {
    return graph.node(operator, prefix + "/" + name, inputs, attributes);
  }

  private static long[] square(int side) {
    return new long[] {side, side};
  }

  private static long[] allEdges(int padding) {
    return new long[] {padding, padding, padding, padding};
  }
}
