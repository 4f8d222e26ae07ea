package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one score that the trees of a classifier of two classes give where all their leaves vote for
 * the same class. What ONNX Runtime makes of it is not what {@code post_transform} says; measured
 * with version 1.29.0:
 *
 * <ul>
 *   <li>Leaves that vote for the first class, or rather for the second: {@code [1 − s, s]} where no
 *       leaf is negative, else {@code [−s, s]}. LOGISTIC squeezes s, SOFTMAX is left out.
 *   <li>Leaves that vote for the second class by name: {@code [0, s]}, of which LOGISTIC makes
 *       {@code [½, σ(s)]}. One base value is left out.
 * </ul>
 *
 * @param transform of the score
 * @param ofSecond whether the leaves name the second class
 * @param least the smallest score that the leaves can sum to
 * @param most the largest score
 */
record TreeScore(String transform, boolean ofSecond, double least, double most) {
  /** The trees' score; empty for trees with several, and for anything else. */
  static Optional<TreeScore> of(NodeProto node) {
    Set<Long> voted = new HashSet<>(Graph.integers(node, "class_ids"));
    List<Float> weights = Graph.numbers(node, "class_weights");
    List<Float> bases = Graph.numbers(node, "base_values");
    List<Long> trees = Graph.integers(node, "class_treeids");
    int classes =
        Graph.integers(node, "classlabels_int64s").size()
            + Graph.texts(node, "classlabels_strings").size();
    if (!node.getOpType().equals("TreeEnsembleClassifier")
        || voted.size() != 1
        || classes != 2
        || bases.size() > 1
        || weights.size() != trees.size()) {
      return Optional.empty();
    }
    boolean ofSecond = voted.contains(1L);
    Map<Long, Double> least = new HashMap<>();
    Map<Long, Double> most = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      least.merge(trees.get(i), (double) weights.get(i), Math::min);
      most.merge(trees.get(i), (double) weights.get(i), Math::max);
    }
    double base = bases.isEmpty() || ofSecond ? 0 : bases.get(0);
    return Optional.of(
        new TreeScore(
            Graph.text(node, "post_transform", "NONE"),
            ofSecond,
            base + least.values().stream().mapToDouble(Double::doubleValue).sum(),
            base + most.values().stream().mapToDouble(Double::doubleValue).sum()));
  }

  /** Whether what comes out is a margin, whatever the numbers look like. */
  boolean isMargin() {
    return switch (transform) {
      case "LOGISTIC", "PROBIT" -> false;
      case "NONE" -> least < 0 || most > 1;
      default -> !ofSecond;
    };
  }

  /** Whether the second column is a probability, and the first is not what is left of it. */
  boolean standsBeside() {
    return ofSecond && (transform.equals("LOGISTIC") || (transform.equals("NONE") && !isMargin()));
  }
}
