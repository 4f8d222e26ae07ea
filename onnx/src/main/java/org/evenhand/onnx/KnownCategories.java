package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * The categories that the encoders inside a graph know, for each text column whose way to an
 * encoder can be followed.
 */
final class KnownCategories {
  private static final Set<String> SAME_COLUMNS =
      Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze");
  private static final List<String> CATEGORY_ATTRIBUTES =
      List.of("cats_strings", "keys_strings", "classes_strings");

  private final Map<String, Set<String>> categoriesOf = new LinkedHashMap<>();

  KnownCategories(Graph graph, ModelInputs inputs) {
    Map<String, List<String>> columnsOf = new HashMap<>();
    for (GraphInput input : inputs.inputs()) {
      if (input.type() == ElementType.STRING) {
        columnsOf.put(input.name(), input.columns());
      }
    }
    for (NodeProto node : graph.nodes()) {
      follow(graph, node, columnsOf);
    }
  }

  /** The categories of a column, in the encoder's order; empty if no encoder was found. */
  Optional<Set<String>> of(String column) {
    return Optional.ofNullable(categoriesOf.get(column));
  }

  /** The texts of a table that are not among the categories. */
  List<UnknownCategories> unknownIn(Table table) {
    List<UnknownCategories> unknown = new ArrayList<>();
    categoriesOf.forEach(
        (name, known) -> {
          TextColumn column = (TextColumn) table.column(name);
          Set<String> examples = new LinkedHashSet<>();
          int rows = 0;
          for (int code : column.codes()) {
            String text = column.dictionary().get(code);
            if (!known.contains(text)) {
              rows++;
              if (examples.size() < 3) {
                examples.add(text);
              }
            }
          }
          if (rows > 0) {
            unknown.add(new UnknownCategories(name, rows, List.copyOf(examples)));
          }
        });
    return unknown;
  }

  private void follow(Graph graph, NodeProto node, Map<String, List<String>> columnsOf) {
    if (node.getInputCount() == 0) {
      return;
    }
    List<String> columns = columnsOf.getOrDefault(node.getInput(0), List.of());
    if (columns.isEmpty()) {
      return;
    }
    for (String attribute : CATEGORY_ATTRIBUTES) {
      List<String> categories = Graph.texts(node, attribute);
      if (!categories.isEmpty()) {
        columns.forEach(
            column ->
                categoriesOf
                    .computeIfAbsent(column, c -> new LinkedHashSet<>())
                    .addAll(categories));
        return;
      }
    }
    switch (node.getOpType()) {
      case "Concat" -> columnsOf.put(node.getOutput(0), sideBySide(node, columnsOf));
      case "Gather", "ArrayFeatureExtractor" ->
          columnsOf.put(node.getOutput(0), picked(graph, node, columns));
      case "Split" -> {
        if (node.getOutputCount() == columns.size()) {
          for (int j = 0; j < columns.size(); j++) {
            columnsOf.put(node.getOutput(j), List.of(columns.get(j)));
          }
        }
      }
      default -> {
        if (SAME_COLUMNS.contains(node.getOpType()) && columns.size() == 1) {
          columnsOf.put(node.getOutput(0), columns);
        }
      }
    }
  }

  /** Empty unless every part is known: otherwise positions could not be told. */
  private static List<String> sideBySide(NodeProto node, Map<String, List<String>> columnsOf) {
    List<String> all = new ArrayList<>();
    for (String part : node.getInputList()) {
      List<String> columns = columnsOf.getOrDefault(part, List.of());
      if (columns.isEmpty()) {
        return List.of();
      }
      all.addAll(columns);
    }
    return all;
  }

  private static List<String> picked(Graph graph, NodeProto node, List<String> columns) {
    List<String> chosen = new ArrayList<>();
    for (String index : graph.constantElements(node.getInput(1))) {
      // As a text or a number of 64 bits it may be anything.
      if (!index.matches("\\d{1,9}") || Integer.parseInt(index) >= columns.size()) {
        return List.of();
      }
      chosen.add(columns.get(Integer.parseInt(index)));
    }
    return chosen;
  }
}
