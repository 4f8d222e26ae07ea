package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;

/**
 * Adds a transformer's layers to a graph, whose tensors are {@code float [N, T, C]}: T tokens of C
 * channels.
 *
 * @param graph what they are added to
 * @param prefix of the names of its tensors
 */
record TokenEmitter(GraphBuilder graph, String prefix) {
  /**
   * Every place of {@code [N, C, H, W]} as a token.
   *
   * @param shape {@code [C, H, W]}
   */
  String of(List<Integer> shape, String images) {
    long places = (long) shape.get(1) * shape.get(2);
    return transposed("tokens", graph.reshape(images, -1, shape.get(0), places), 0, 2, 1);
  }

  /** {@code [N, C, T]}. */
  String channelsFirst(String tokens) {
    return transposed("channels", tokens, 0, 2, 1);
  }

  String dense(DenseLayer layer, String tokens) {
    float[] weights = layer.weights();
    // MatMul wants the outputs of every input side by side.
    float[] turned = new float[weights.length];
    for (int output = 0; output < layer.outputs(); output++) {
      for (int input = 0; input < layer.inputs(); input++) {
        turned[input * layer.outputs() + output] = weights[output * layer.inputs() + input];
      }
    }
    String matrix =
        graph.constant(prefix + "/tokens/weights", turned, layer.inputs(), layer.outputs());
    String bias = graph.constant(prefix + "/tokens/bias", layer.bias(), layer.outputs());
    String product = node("MatMul", "tokens/product", List.of(tokens, matrix));
    return node("Add", "tokens/dense", List.of(product, bias));
  }

  /**
   * Layer normalisation, an operator since set 17 only: normalising every token by itself is
   * normalising the "instance" that a token makes of its channels.
   *
   * @param count of tokens
   */
  String normalized(ImageLayer.LayerNorm layer, int count, String tokens) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    String one = graph.constant(prefix + "/norm/ones", ones, count);
    String zero = graph.constant(prefix + "/norm/zeros", new float[count], count);
    String normal =
        node(
            "InstanceNormalization",
            "norm/normal",
            List.of(tokens, one, zero),
            attribute("epsilon", layer.epsilon()));
    String scale = graph.constant(prefix + "/norm/scale", layer.scale(), layer.scale().length);
    String shift = graph.constant(prefix + "/norm/shift", layer.shift(), layer.shift().length);
    String scaled = node("Mul", "norm/scaled", List.of(normal, scale));
    return node("Add", "norm", List.of(scaled, shift));
  }

  /**
   * Attention of tokens to each other.
   *
   * @param shape {@code [T, 3C]}
   */
  String attended(int heads, List<Integer> shape, String tokens) {
    int count = shape.get(0);
    int size = shape.get(1) / (3 * heads);
    // [N, 3·heads, T, size]: the queries of all heads, then their keys, then their values.
    String parts =
        transposed(
            "attention/parts", graph.reshape(tokens, -1, count, 3L * heads, size), 0, 2, 1, 3);
    String queries = graph.columns(parts, LongStream.range(0, heads).toArray());
    String keys = graph.columns(parts, LongStream.range(heads, 2L * heads).toArray());
    String values = graph.columns(parts, LongStream.range(2L * heads, 3L * heads).toArray());
    String root =
        graph.constant(prefix + "/attention/root", new float[] {(float) (1 / Math.sqrt(size))}, 1);
    String scaled = node("Mul", "attention/queries", List.of(queries, root));
    String turned = transposed("attention/keys", keys, 0, 1, 3, 2);
    String scores = node("MatMul", "attention/scores", List.of(scaled, turned));
    String weights = node("Softmax", "attention/weights", List.of(scores), attribute("axis", 3));
    String mixed = node("MatMul", "attention/mixed", List.of(weights, values));
    String together = transposed("attention/heads", mixed, 0, 2, 1, 3);
    return graph.reshape(together, -1, count, (long) heads * size);
  }

  private String transposed(String name, String input, long... order) {
    return node("Transpose", name, List.of(input), attribute("perm", order));
  }

  private String node(
      String operator, String name, List<String> inputs, AttributeProto... attributes) {
    return graph.node(operator, prefix + "/" + name, inputs, attributes);
  }
}
