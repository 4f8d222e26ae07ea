package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model with casts around it, so that every input and output has a type that the Java binding of
 * ONNX Runtime can pass. It answers as the model does; it is only asked, never written.
 */
final class PlainTypes {
  private PlainTypes() {}

  static boolean neededBy(ModelProto model) {
    GraphProto graph = model.getGraph();
    return Stream.concat(new Graph(graph).inputs().stream(), graph.getOutputList().stream())
        .anyMatch(PlainTypes::isUnusual);
  }

  private static boolean isUnusual(ValueInfoProto value) {
    return ElementType.ofCode(value.getType().getTensorType().getElemType())
        .filter(type -> type.asked() != type)
        .isPresent();
  }

  static ModelProto around(ModelProto model) {
    GraphProto original = model.getGraph();
    Set<String> unusual =
        Stream.concat(new Graph(original).inputs().stream(), original.getOutputList().stream())
            .filter(PlainTypes::isUnusual)
            .map(ValueInfoProto::getName)
            .collect(Collectors.toSet());
    GraphNames names = new GraphNames(original);
    Map<String, String> inside = new HashMap<>();
    unusual.forEach(name -> inside.put(name, names.fresh(name + "/typed")));
    GraphProto.Builder graph = new TensorRenaming(inside).applyTo(original).toBuilder();
    GraphProto.Builder plain = graph.clone().clearNode();
    GraphBuilder added = new GraphBuilder(plain, names);
    for (ValueInfoProto.Builder input : plain.getInputBuilderList()) {
      if (unusual.contains(input.getName())) {
        String typed = inside.getOrDefault(input.getName(), "");
        added.addNamed("", "Cast", typed, List.of(input.getName()), to(type(input)));
        widen(input);
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      plain.addNode(node);
    }
    for (ValueInfoProto.Builder output : plain.getOutputBuilderList()) {
      if (unusual.contains(output.getName())) {
        String typed = inside.getOrDefault(output.getName(), "");
        added.addNamed("", "Cast", output.getName(), List.of(typed), to(type(output).asked()));
        widen(output);
      }
    }
    ModelProto.Builder widened = model.toBuilder().setGraph(plain);
    ModelFile.requireDomain(widened, "", GraphBuilder.OLDEST_OPSET);
    return widened.build();
  }

  private static AttributeProto to(ElementType type) {
    return attribute("to", type.code());
  }

  private static ElementType type(ValueInfoProto.Builder value) {
    return ElementType.ofCode(value.getType().getTensorType().getElemType()).orElseThrow();
  }

  private static void widen(ValueInfoProto.Builder value) {
    TypeProto.Builder type = value.getTypeBuilder();
    type.getTensorTypeBuilder().setElemType(type(value).asked().code());
  }
}
