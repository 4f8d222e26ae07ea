package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where in the file the numbers lie that a node reads as constants: in an initialiser, a
 * Constant node or an attribute, perhaps behind nodes that only rearrange them.
 */
final class StoredTensors {
  private static final Set<String> SAME_NUMBERS = Set.of("Identity", "Cast");
  private static final Set<ElementType> NUMBERS =
      Set.of(ElementType.FLOAT, ElementType.DOUBLE, ElementType.FLOAT16);

  private final Graph graph;
  private final WireMessage wire;
  private final NoHead noHead;

  StoredTensors(Graph graph, byte[] file, NoHead noHead) {
    this.graph = graph;
    this.wire = WireMessage.of(file).message(ModelProto.GRAPH_FIELD_NUMBER);
    this.noHead = noHead;
  }

  /**
   * The numbers behind a tensor.
   *
   * @param role what they are to the last layer, for the user
   * @throws OnnxException if they are not constants of the file that only this layer reads
   */
  StoredTensor constant(String tensor, String role) {
    int index = graph.initializerIndex(tensor);
    Optional<NodeProto> producer = graph.producer(tensor);
    if (index < 0 && (producer.isEmpty() || !graph.isConstant(tensor))) {
      throw notStored(tensor, role);
    }
    requireOneReader(tensor, role);
    if (index >= 0) {
      WireMessage message = wire.element(GraphProto.INITIALIZER_FIELD_NUMBER, index);
      return tensor(tensor, graph.initializer(index), message, role);
    }
    NodeProto node = producer.orElseThrow();
    String operator = node.getOpType();
    if (operator.equals("Constant")) {
      return constantNode(node, role);
    }
    if (SAME_NUMBERS.contains(operator)) {
      return constant(node.getInput(0), role);
    }
    if (operator.equals("Reshape")) {
      StoredTensor flat = constant(node.getInput(0), role);
      return flat.reshaped(shape(node, flat));
    }
    if (operator.equals("Transpose")) {
      StoredTensor matrix = constant(node.getInput(0), role);
      if (matrix.isMatrix()) {
        boolean inPlace = Graph.integers(node, "perm").equals(List.of(0L, 1L));
        return inPlace ? matrix : matrix.transposed();
      }
    }
    if (NoHead.isQuantised(operator)) {
      throw noHead.quantised("the %s '%s' of its last layer".formatted(role, tensor));
    }
    throw notStored(tensor, role);
  }

  private OnnxException notStored(String tensor, String role) {
    return noHead.because(
        "the %s '%s' of its last layer is not a constant of the file; %s"
            .formatted(role, tensor, NoHead.ERASE));
  }

  private void requireOneReader(String tensor, String role) {
    List<NodeProto> readers = graph.readers(tensor);
    if (readers.size() > 1) {
      throw noHead.because(
          "the %s '%s' of its last layer is read by %s and %s, and only one may change; export the model with a copy for each"
              .formatted(role, tensor, NoHead.named(readers.get(0)), NoHead.named(readers.get(1))));
    }
  }

  private StoredTensor constantNode(NodeProto node, String role) {
    int index = Graph.attributeIndex(node, "value");
    if (index < 0) {
      return attribute(node, "value_floats");
    }
    WireMessage message = attributeMessage(node, index).message(AttributeProto.T_FIELD_NUMBER);
    return tensor(node.getOutput(0), node.getAttribute(index).getT(), message, role);
  }

  /** The floats of an attribute, as a vector; empty if the node has none of that name. */
  StoredTensor attribute(NodeProto node, String name) {
    int index = Graph.attributeIndex(node, name);
    int[] offsets =
        index < 0
            ? new int[0]
            : attributeMessage(node, index)
                .numbers(AttributeProto.FLOATS_FIELD_NUMBER, Float.BYTES);
    return new StoredTensor(name, ElementType.FLOAT, new int[] {offsets.length}, offsets);
  }

  private WireMessage attributeMessage(NodeProto node, int index) {
    return wire.element(GraphProto.NODE_FIELD_NUMBER, graph.nodes().indexOf(node))
        .element(NodeProto.ATTRIBUTE_FIELD_NUMBER, index);
  }

  private StoredTensor tensor(String name, TensorProto declared, WireMessage message, String role) {
    // Halves that are listed take a byte more or less each, so that none can be put in place.
    boolean listed = declared.getRawData().isEmpty();
    int code = declared.getDataType();
    if (code == DataType.BFLOAT16.getNumber() || (code == DataType.FLOAT16.getNumber() && listed)) {
      throw noHead.because(
          "the %s '%s' of its last layer is stored in 16 bits of an unusual kind; save the model with 32-bit numbers"
              .formatted(role, name));
    }
    ElementType type =
        ElementType.ofCode(code).filter(NUMBERS::contains).orElseThrow(() -> notStored(name, role));
    int[] dims = declared.getDimsList().stream().mapToInt(Long::intValue).toArray();
    int width = StoredTensor.width(type);
    int field =
        type == ElementType.DOUBLE
            ? TensorProto.DOUBLE_DATA_FIELD_NUMBER
            : TensorProto.FLOAT_DATA_FIELD_NUMBER;
    int[] offsets =
        listed
            ? message.numbers(field, width)
            : message.rawNumbers(TensorProto.RAW_DATA_FIELD_NUMBER, width);
    return new StoredTensor(name, type, dims, offsets);
  }

  /** The shape that a Reshape gives, whose 0 copies a dimension and whose -1 takes what is left. */
  private int[] shape(NodeProto node, StoredTensor tensor) {
    List<Long> wished =
        node.getInputCount() > 1
            ? graph.constantElements(node.getInput(1)).stream().map(Long::valueOf).toList()
            : Graph.integers(node, "shape");
    int[] shape = new int[wished.size()];
    int known = 1;
    for (int i = 0; i < shape.length; i++) {
      int size = wished.get(i).intValue();
      shape[i] = size == 0 && i < tensor.dims().length ? tensor.dims()[i] : size;
      known *= shape[i] < 0 ? 1 : shape[i];
    }
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? tensor.size() / Math.max(1, known) : shape[i];
    }
    return shape;
  }
}
