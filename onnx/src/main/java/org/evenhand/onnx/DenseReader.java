package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a dense layer in the ways in which exporters write one: Gemm, MatMul with or without an Add
 * behind it, LinearClassifier.
 */
final class DenseReader {
  private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul");
  static final String LINEAR = "LinearClassifier";

  private final Graph graph;
  private final StoredTensors stored;
  private final NoHead noHead;

  DenseReader(Graph graph, StoredTensors stored, NoHead noHead) {
    this.graph = graph;
    this.stored = stored;
    this.noHead = noHead;
  }

  /**
   * A layer as it stands in the graph.
   *
   * @param weights outputs × inputs
   * @param bias one an output
   */
  record Dense(
      NodeProto node,
      String features,
      boolean featuresFirst,
      StoredTensor weights,
      Optional<StoredTensor> bias) {
    int outputs() {
      return weights.dims()[0];
    }
  }

  /** The layer that ends with a node; empty if the node is not the end of one. */
  Optional<Dense> endingWith(NodeProto node) {
    return switch (node.getOpType()) {
      case "Gemm", "MatMul" -> Optional.of(product(node, Optional.empty()));
      case "Add" -> biased(node);
      case LINEAR -> Optional.of(linear(node));
      default -> Optional.empty();
    };
  }

  private Optional<Dense> biased(NodeProto add) {
    for (int side = 0; side < 2; side++) {
      String bias = add.getInput(1 - side);
      Optional<NodeProto> product =
          graph
              .producer(add.getInput(side))
              .filter(node -> PRODUCTS.contains(node.getOpType()) && gemmBias(node).isEmpty());
      if (product.isPresent() && graph.isConstant(bias)) {
        return Optional.of(product(product.get(), Optional.of(stored.constant(bias, "bias"))));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> gemmBias(NodeProto node) {
    boolean added = node.getInputCount() > 2 && Graph.number(node, "beta", 1) != 0;
    return added ? Optional.of(node.getInput(2)).filter(name -> !name.isEmpty()) : Optional.empty();
  }

  private Dense product(NodeProto node, Optional<StoredTensor> addedBehind) {
    StoredTensor weights = matrix(node);
    Optional<StoredTensor> bias =
        addedBehind.or(
            () ->
                gemmBias(node)
                    .map(name -> stored.constant(name, "bias"))
                    .map(tensor -> tensor.scaled(Graph.number(node, "beta", 1))));
    bias.ifPresent(tensor -> requireOneAnOutput(tensor, weights.dims()[0]));
    return new Dense(node, node.getInput(0), Graph.flag(node, "transA"), weights, bias);
  }

  private StoredTensor matrix(NodeProto node) {
    StoredTensor weights = stored.constant(node.getInput(1), "weight tensor");
    float alpha = Graph.number(node, "alpha", 1);
    if (!weights.isMatrix() || alpha == 0) {
      throw noHead.because(
          "the weight tensor '%s' of its last layer is no matrix, or is multiplied with 0; %s"
              .formatted(weights.name(), NoHead.ERASE));
    }
    boolean outputsFirst = Graph.flag(node, "transB");
    return (outputsFirst ? weights : weights.transposed()).scaled(alpha);
  }

  private void requireOneAnOutput(StoredTensor bias, int outputs) {
    int[] dims = bias.dims();
    // A bias down the rows has as many numbers as outputs only by chance.
    boolean acrossColumns = dims.length < 2 || dims[dims.length - 1] == outputs;
    if (bias.size() != outputs || !acrossColumns) {
      throw noHead.because(
          "the bias '%s' of its last layer has shape %s, not one number for each of %d outputs; %s"
              .formatted(bias.name(), Arrays.toString(dims), outputs, NoHead.ERASE));
    }
  }

  private Dense linear(NodeProto node) {
    StoredTensor bias = stored.attribute(node, "intercepts");
    StoredTensor coefficients = stored.attribute(node, "coefficients");
    int outputs = bias.size();
    if (outputs == 0 || coefficients.size() % outputs != 0) {
      throw noHead.because(
          "%s has %d coefficients and %d intercepts, which are not a matrix and its bias; %s"
              .formatted(NoHead.named(node), coefficients.size(), outputs, NoHead.ERASE));
    }
    StoredTensor weights = coefficients.reshaped(outputs, coefficients.size() / outputs);
    return new Dense(node, node.getInput(0), false, weights, Optional.of(bias));
  }

  /** Nodes that multiply with constant weights, whatever these are. */
  static boolean multiplies(Graph graph, NodeProto node) {
    return PRODUCTS.contains(node.getOpType()) && graph.isConstant(node.getInput(1));
  }
}
