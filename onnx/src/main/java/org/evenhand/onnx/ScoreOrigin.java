package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Optional;
import java.util.Set;

/** What the operator behind a score says about it, where its numbers alone could be anything. */
final class ScoreOrigin {
  /** Operators that pick some of their input's numbers. */
  private static final Set<String> PICKERS = Set.of("Gather", "ArrayFeatureExtractor", "Slice");

  /** Operators that change each number by itself. */
  private static final Set<String> CHANGERS =
      Set.of("Add", "Clip", "Div", "Exp", "Max", "Min", "Mul", "Pow", "Sqrt");

  private static final Set<String> CLASSIFIERS =
      Set.of("LinearClassifier", "SVMClassifier", "LinearRegressor", "SVMRegressor");

  private ScoreOrigin() {}

  /** Whether a score is a sum that nothing has squeezed between 0 and 1. */
  static boolean isLinear(Graph graph, String output) {
    Optional<NodeProto> maker = graph.maker(output);
    while (maker.isPresent() && PICKERS.contains(maker.get().getOpType())) {
      maker = graph.maker(maker.get().getInput(0));
    }
    return maker.filter(node -> isLinear(graph, node)).isPresent();
  }

  /** The one score of the trees behind an output, if it comes from trees that give one. */
  static Optional<TreeScore> treeScore(Graph graph, String output) {
    Optional<NodeProto> maker = graph.maker(output);
    while (maker.filter(node -> node.getOpType().equals("ZipMap")).isPresent()) {
      maker = graph.maker(maker.get().getInput(0));
    }
    return maker.flatMap(TreeScore::of);
  }

  /**
   * Whether an output is a score of trees that {@link TreeScore#standsBeside} with each number
   * changed by itself, such as by a power.
   */
  static boolean standsBeside(Graph graph, String output) {
    Optional<NodeProto> maker = graph.maker(output);
    while (maker.filter(node -> CHANGERS.contains(node.getOpType())).isPresent()) {
      maker =
          maker.get().getInputList().stream()
              .filter(input -> !graph.isConstant(input))
              .findFirst()
              .flatMap(graph::maker);
    }
    return maker.flatMap(TreeScore::of).filter(TreeScore::standsBeside).isPresent();
  }

  private static boolean isLinear(Graph graph, NodeProto node) {
    if (CLASSIFIERS.contains(node.getOpType())) {
      return Graph.text(node, "post_transform", "NONE").equals("NONE");
    }
    return switch (node.getOpType()) {
      case "Gemm", "MatMul" -> true;
      case "Add" ->
          node.getInputList().stream().anyMatch(graph::isConstant)
              && node.getInputList().stream().anyMatch(input -> isLinear(graph, input));
      default -> false;
    };
  }
}
