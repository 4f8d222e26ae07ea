package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A read-only view of a graph: who computes a tensor, and which tensors are constant. */
final class Graph {
  private final GraphProto proto;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  Graph(GraphProto proto) {
    this.proto = proto;
    for (NodeProto node : proto.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      if (node.getOpType().equals("Constant")) {
        attribute(node, "value").ifPresent(value -> constants.put(node.getOutput(0), value.getT()));
      }
    }
    proto.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
  }

  /** The nodes, each after those that it reads. */
  List<NodeProto> nodes() {
    return proto.getNodeList();
  }

  /** The inputs that a caller must give: initialisers may be listed as inputs too. */
  List<ValueInfoProto> inputs() {
    return proto.getInputList().stream()
        .filter(input -> !constants.containsKey(input.getName()))
        .toList();
  }

  List<ValueInfoProto> outputs() {
    return proto.getOutputList();
  }

  Optional<ValueInfoProto> output(String name) {
    return outputs().stream().filter(output -> output.getName().equals(name)).findFirst();
  }

  Optional<NodeProto> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor));
  }

  static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }

  /** The texts of an attribute; empty if the node has none of that name. */
  static List<String> texts(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getStringsList).orElse(List.of()).stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  /** The whole numbers of an attribute; empty if the node has none of that name. */
  static List<Long> integers(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  /** The elements of a constant 64-bit integer or text tensor, written out; else empty. */
  List<String> constantElements(String tensor) {
    TensorProto constant = constants.get(tensor);
    if (constant == null) {
      return List.of();
    }
    if (constant.getDataType() == DataType.STRING.getNumber()) {
      return constant.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
    }
    if (constant.getDataType() == DataType.INT64.getNumber()) {
      return constantIntegers(constant).stream().map(String::valueOf).toList();
    }
    return List.of();
  }

  private static List<Long> constantIntegers(TensorProto constant) {
    if (constant.getRawData().isEmpty()) {
      return constant.getInt64DataList();
    }
    List<Long> values = new ArrayList<>();
    var raw = constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (raw.remaining() >= Long.BYTES) {
      values.add(raw.getLong());
    }
    return values;
  }
}
