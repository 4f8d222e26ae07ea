package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The class labels that a graph carries, in the order of its scores. */
final class ClassLabels {
  private static final List<String> TEXT_ATTRIBUTES = List.of("classlabels_strings");
  private static final List<String> INTEGER_ATTRIBUTES =
      List.of("classlabels_int64s", "classlabels_ints");
  private static final Set<String> PICKERS = Set.of("Gather", "ArrayFeatureExtractor");

  private ClassLabels() {}

  /**
   * The labels of the node nearest before one of the outputs that lists any.
   *
   * @param size only lists of this length count; 0 for any
   */
  static Optional<List<String>> find(Graph graph, Collection<String> outputs, int size) {
    Queue<String> frontier = new ArrayDeque<>(outputs);
    Set<String> seen = new HashSet<>(outputs);
    while (!frontier.isEmpty()) {
      Optional<NodeProto> producer = graph.producer(frontier.remove());
      if (producer.isEmpty()) {
        continue;
      }
      List<String> labels = labelsOf(graph, producer.get());
      if (labels.size() >= 2 && (size == 0 || labels.size() == size)) {
        return Optional.of(labels);
      }
      producer.get().getInputList().stream().filter(seen::add).forEach(frontier::add);
    }
    return Optional.empty();
  }

  private static List<String> labelsOf(Graph graph, NodeProto node) {
    for (String attribute : TEXT_ATTRIBUTES) {
      List<String> texts = Graph.texts(node, attribute);
      if (!texts.isEmpty()) {
        return texts;
      }
    }
    for (String attribute : INTEGER_ATTRIBUTES) {
      List<Long> integers = Graph.integers(node, attribute);
      if (!integers.isEmpty()) {
        return integers.stream().map(String::valueOf).toList();
      }
    }
    // Exporters that take an ArgMax look its label up in a constant.
    return PICKERS.contains(node.getOpType())
        ? graph.constantElements(node.getInput(0))
        : List.of();
  }
}
