package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Adds nodes to a graph. Only operators and attributes are used that mean the same in every
 * operator set since {@link #OLDEST_OPSET}: no Clip, Squeeze or ReduceSum, whose parameters moved,
 * and Softmax only over the last axis.
 */
final class GraphBuilder {
  /** Gemm, Mul and Sub broadcast as we need them since this version. */
  static final int OLDEST_OPSET = 7;

  static final String ML_DOMAIN = "ai.onnx.ml";

  private final GraphProto.Builder graph;
  private final GraphNames names;

  GraphBuilder(GraphProto.Builder graph, GraphNames names) {
    this.graph = graph;
    this.names = names;
  }

  /** Adds a node of the standard domain and returns its output's name. */
  String node(String operator, String wish, List<String> inputs, AttributeProto... attributes) {
    return add("", operator, wish, inputs, attributes);
  }

  /** Adds a node of {@link #ML_DOMAIN} and returns its output's name. */
  String mlNode(String operator, String wish, List<String> inputs, AttributeProto... attributes) {
    return add(ML_DOMAIN, operator, wish, inputs, attributes);
  }

  private String add(
      String domain,
      String operator,
      String wish,
      List<String> inputs,
      AttributeProto... attributes) {
    String name = names.fresh(wish);
    addNamed(domain, operator, name, inputs, attributes);
    return name;
  }

  /** Adds a node whose output has exactly this name. */
  void addNamed(
      String domain,
      String operator,
      String name,
      List<String> inputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(names.fresh("node/" + name))
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(Arrays.asList(attributes)));
  }

  /** The tensor in another element type. */
  String cast(String tensor, ElementType type) {
    return node("Cast", tensor + "/" + type, List.of(tensor), attribute("to", type.code()));
  }

  /** The tensor in another shape; -1 stands for the batch. */
  String reshape(String tensor, long... shape) {
    return node(
        "Reshape", tensor + "/reshaped", List.of(tensor, constant(tensor + "/shape", shape)));
  }

  /** Matrices of the same rows side by side; one alone as it is. */
  String sideBySide(String wish, List<String> matrices) {
    return matrices.size() == 1
        ? matrices.get(0)
        : node("Concat", wish, matrices, attribute("axis", 1));
  }

  /**
   * The columns of a matrix, or whatever the second axis of a tensor counts, with these positions.
   */
  String columns(String matrix, long... positions) {
    String index = constant(matrix + "/positions", positions);
    return node("Gather", matrix + "/picked", List.of(matrix, index), attribute("axis", 1));
  }

  /** {@code max(x, floor)} of 64-bit numbers, which Max does not broadcast in old operator sets. */
  String atLeast(double floor, String x) {
    String below = node("Sub", x + "/below_floor", List.of(constant(x + "/floor", floor), x));
    return node("Add", x + "/floored", List.of(x, node("Relu", x + "/lift", List.of(below))));
  }

  /**
   * A constant tensor of 32-bit numbers, in raw bytes: convolutional networks have millions, which
   * are then copied as one piece.
   */
  String constant(String wish, float[] values, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setRawData(ByteString.copyFrom(bytes.array()));
    return constant(wish, ElementType.FLOAT, tensor, dimensions);
  }

  /** A constant vector of one 64-bit number. */
  String constant(String wish, double value) {
    return constant(wish, ElementType.DOUBLE, TensorProto.newBuilder().addDoubleData(value), 1);
  }

  /** A constant vector of whole numbers. */
  String constant(String wish, long[] values) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return constant(wish, ElementType.INT64, tensor, values.length);
  }

  /** A constant vector of texts. */
  String constant(String wish, List<String> values) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
    return constant(wish, ElementType.STRING, tensor, values.size());
  }

  /** A node rather than an initialiser: old files would have to list that among their inputs. */
  private String constant(
      String wish, ElementType type, TensorProto.Builder tensor, long... dimensions) {
    Arrays.stream(dimensions).forEach(tensor::addDims);
    AttributeProto value =
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeType.TENSOR)
            .setT(tensor.setDataType(type.code()))
            .build();
    return node("Constant", wish, List.of(), value);
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, float[] values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    for (float value : values) {
      attribute.addFloats(value);
    }
    return attribute.build();
  }

  static AttributeProto attribute(String name, long[] values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto attribute(String name, List<String> values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
    values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  /**
   * A declared tensor {@code [batch, further…]}. The shape is always written: onnx.checker refuses
   * outputs without one.
   */
  static ValueInfoProto tensor(String name, ElementType type, String batch, int... further) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(batch);
    Arrays.stream(further).forEach(size -> shape.addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(shape)))
        .build();
  }
}
