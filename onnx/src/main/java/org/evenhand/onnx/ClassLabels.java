package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   * The labels in the metadata, else those of the node that makes one of the outputs, else those of
   * the nearest node before that lists any.
   *
   * @param outputs those that say most first
   * @param size only lists of this length count; 0 for any
   */
  Optional<List<String>> find(Collection<String> outputs, int size) {
    return written
        .map(text -> text.lines().toList())
        .filter(names -> size == 0 || names.size() == size)
        .or(() -> inGraph(outputs, size));
  }

  private Optional<List<String>> inGraph(Collection<String> outputs, int size) {
    return outputs.stream()
        .flatMap(output -> graph.maker(output).stream())
        .map(maker -> labelsOf(maker, size))
        .filter(labels -> isList(labels, size))
        .findFirst()
        .or(() -> nearest(outputs, size));
  }

  private static boolean isList(List<String> labels, int size) {
    return labels.size() >= 2 && (size == 0 || labels.size() == size);
  }

  private Optional<List<String>> nearest(Collection<String> outputs, int size) {
    Queue<String> frontier = new ArrayDeque<>(outputs);
    Set<String> seen = new HashSet<>(outputs);
    while (!frontier.isEmpty()) {
      Optional<NodeProto> producer = graph.producer(frontier.remove());
      if (producer.isEmpty()) {
        continue;
      }
      List<String> labels = labelsOf(producer.get(), size);
      if (isList(labels, size)) {
        return Optional.of(labels);
      }
      producer.get().getInputList().stream().filter(seen::add).forEach(frontier::add);
    }
    return Optional.empty();
  }

  /** The classes that a node lists, or names anew; empty for a node that does neither. */
  private List<String> labelsOf(NodeProto node, int size) {
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
    if (node.getOpType().equals("LabelEncoder")) {
      Map<String, String> names = LabelEncoding.of(node);
      return renamed(labelsBehind(node.getInput(0), size), names);
    }
    if (PICKERS.contains(node.getOpType())) {
      return looked(node, graph.constantElements(node.getInput(0)), size);
    }
    return List.of();
  }

  /** Exporters look a position, or the classifier's label as one, up in a constant. */
  private List<String> looked(NodeProto node, List<String> constant, int size) {
    List<String> positions = constant.isEmpty() ? List.of() : labelsBehind(node.getInput(1), size);
    List<String> numbers = LabelOutput.numbers(constant.size());
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < constant.size(); i++) {
      names.put(numbers.get(i), constant.get(i));
    }
    return positions.isEmpty() ? constant : renamed(positions, names);
  }

  /** What a tensor of labels says for each class: its name, or of an ArgMax its position. */
  private List<String> labelsBehind(String tensor, int size) {
    return graph
        .maker(tensor)
        .map(
            node ->
                node.getOpType().equals("ArgMax")
                    ? LabelOutput.numbers(size)
                    : labelsOf(node, size))
        .orElse(List.of());
  }

  private static List<String> renamed(List<String> labels, Map<String, String> names) {
    return names.keySet().containsAll(labels)
        ? labels.stream().map(label -> names.getOrDefault(label, label)).toList()
        : List.of();
  }
}
