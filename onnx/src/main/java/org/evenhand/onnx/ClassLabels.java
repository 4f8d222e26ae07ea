package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.evenhand.core.Classes;

/**
 * The class labels that a file carries, in the order of its scores.
 *
 * @param graph the model's graph
 * @param written what {@link #written(Classes)} gave, if the file's metadata holds it
 */
record ClassLabels(Graph graph, Optional<String> written) {
  /** Where the metadata of the models that we train name the classes. */
  static final String KEY = "evenhand.classes";

  private static final List<String> TEXT_ATTRIBUTES = List.of("classlabels_strings");
  private static final List<String> INTEGER_ATTRIBUTES =
      List.of("classlabels_int64s", "classlabels_ints");
  private static final Set<String> PICKERS = Set.of("Gather", "ArrayFeatureExtractor");

  /** One name a line. */
  static String written(Classes classes) {
    for (String name : classes.names()) {
      if (!name.lines().toList().equals(List.of(name))) {
        throw new OnnxException(
            "Class '%s' cannot be written into a model: its name must be one line of text."
                .formatted(name));
      }
    }
    return String.join("\n", classes.names());
  }

  /**
   * The labels in the metadata, else those of the node nearest before one of the outputs that lists
   * any.
   *
   * @param size only lists of this length count; 0 for any
   */
  Optional<List<String>> find(Collection<String> outputs, int size) {
    return written
        .map(text -> text.lines().toList())
        .filter(names -> size == 0 || names.size() == size)
        .or(() -> inGraph(outputs, size));
  }

  private Optional<List<String>> inGraph(Collection<String> outputs, int size) {
    Queue<String> frontier = new ArrayDeque<>(outputs);
    Set<String> seen = new HashSet<>(outputs);
    while (!frontier.isEmpty()) {
      Optional<NodeProto> producer = graph.producer(frontier.remove());
      if (producer.isEmpty()) {
        continue;
      }
      List<String> labels = labelsOf(producer.get());
      if (labels.size() >= 2 && (size == 0 || labels.size() == size)) {
        return Optional.of(labels);
      }
      producer.get().getInputList().stream().filter(seen::add).forEach(frontier::add);
    }
    return Optional.empty();
  }

  private List<String> labelsOf(NodeProto node) {
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
