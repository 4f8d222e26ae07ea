package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a LabelEncoder makes of each value that it knows. */
final class LabelEncoding {
  private static final List<String> TYPES = List.of("strings", "int64s", "floats", "tensor");

  private LabelEncoding() {}

  /** Written out; of the first version of the operator, which numbers texts, by their numbers. */
  static Map<String, String> of(NodeProto node) {
    List<String> listed = Graph.texts(node, "classes_strings");
    List<String> keys = listed.isEmpty() ? all(node, "keys") : LabelOutput.numbers(listed.size());
    List<String> values = listed.isEmpty() ? all(node, "values") : listed;
    Map<String, String> encoding = new HashMap<>();
    for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
      encoding.putIfAbsent(keys.get(i), values.get(i));
    }
    return encoding;
  }

  private static List<String> all(NodeProto node, String of) {
    return TYPES.stream()
        .map(type -> all(node, of, type))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<String> all(NodeProto node, String of, String type) {
    String name = of + "_" + type;
    return switch (type) {
      case "strings" -> Graph.texts(node, name);
      case "int64s" -> Graph.integers(node, name).stream().map(String::valueOf).toList();
      case "floats" -> Graph.numbers(node, name).stream().map(String::valueOf).toList();
      default ->
          Graph.attribute(node, name)
              .map(tensor -> Constants.elements(tensor.getT()))
              .orElse(List.of());
    };
  }
}
