package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many dense layers end a network, with nothing between them but what works on each number
 * alone: activations, biases, dropout, batch normalisation, and a GELU written out.
 */
final class DenseDepth {
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Relu",
          "Tanh",
          "Sigmoid",
          "Gelu",
          "LeakyRelu",
          "Elu",
          "Selu",
          "Softplus",
          "Erf",
          "Pow",
          "Mul",
          "Div",
          "Add",
          "Sub",
          "Dropout",
          "BatchNormalization",
          "Identity",
          "Cast");

  private final Map<String, String> layerOf = new HashMap<>();
  private final Map<String, Integer> depthOf = new HashMap<>();

  DenseDepth(Graph graph) {
    for (NodeProto node : graph.nodes()) {
      follow(graph, node);
    }
  }

  private void follow(Graph graph, NodeProto node) {
    String output = node.getOutputCount() == 0 ? "" : node.getOutput(0);
    if (DenseReader.multiplies(graph, node)) {
      layerOf.put(output, output);
      depthOf.put(output, behind(node.getInput(0)) + 1);
    } else if (ELEMENTWISE.contains(node.getOpType())) {
      // A GELU written out reads the same layer twice; a residual connection reads two.
      List<String> layers =
          node.getInputList().stream()
              .filter(input -> !graph.isConstant(input))
              .map(input -> layerOf.getOrDefault(input, ""))
              .distinct()
              .toList();
      if (layers.size() == 1) {
        layerOf.put(output, layers.get(0));
      }
    }
  }

  /** The dense layers directly behind a tensor. */
  int behind(String tensor) {
    return depthOf.getOrDefault(layerOf.getOrDefault(tensor, ""), 0);
  }
}
