package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnx.proto.OnnxMl.ValueInfoProtoOrBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return !unusual(model.getGraph()).isEmpty();
  }

  private static Set<String> unusual(GraphProto graph) {
    return Stream.concat(
            new Graph(graph).inputs().stream().filter(PlainTypes::isUnusualInput),
            graph.getOutputList().stream().filter(PlainTypes::isUnusualOutput))
        .map(ValueInfoProto::getName)
        .collect(Collectors.toSet());
  }

  private static boolean isUnusualInput(ValueInfoProto value) {
    return known(value).filter(type -> type.asked(rank(value)) != type).isPresent();
  }

  private static boolean isUnusualOutput(ValueInfoProto value) {
    return known(value).filter(type -> type.asked() != type).isPresent();
  }

  private static Optional<ElementType> known(ValueInfoProtoOrBuilder value) {
    return ElementType.ofCode(value.getType().getTensorType().getElemType());
  }

  private static int rank(ValueInfoProtoOrBuilder value) {
    return value.getType().getTensorType().getShape().getDimCount();
  }

  static ModelProto around(ModelProto model) {
    GraphProto original = model.getGraph();
    Set<String> unusual = unusual(original);
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
        widen(input, type(input).asked(rank(input)));
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      plain.addNode(node);
    }
    for (ValueInfoProto.Builder output : plain.getOutputBuilderList()) {
      if (unusual.contains(output.getName())) {
        String typed = inside.getOrDefault(output.getName(), "");
        added.addNamed("", "Cast", output.getName(), List.of(typed), to(type(output).asked()));
        widen(output, type(output).asked());
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
    return known(value).orElseThrow();
  }

  private static void widen(ValueInfoProto.Builder value, ElementType asked) {
    TypeProto.Builder type = value.getTypeBuilder();
    type.getTensorTypeBuilder().setElemType(asked.code());
  }
}
