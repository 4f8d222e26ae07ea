import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small models made by hand, with one input x of shape [N, width], and what ONNX Runtime answers. */
final class Onnx {
  static final String ML = "ai.onnx.ml";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("finding");

  private Onnx() {}

  /** A model that reads 32-bit numbers. */
  static Onnx ofNumbers(int width) {
    return of(TensorProto.DataType.FLOAT, width);
  }

  /** A model that reads texts. */
  static Onnx ofTexts(int width) {
    return of(TensorProto.DataType.STRING, width);
  }

  private static Onnx of(TensorProto.DataType type, int width) {
    Onnx model = new Onnx();
    OnnxMl.TypeProto.Tensor tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(type.getNumber())
            .setShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
                    .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width)))
            .build();
    model.graph.addInput(
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor)));
    return model;
  }

  /** Adds bytes as a constant of the graph. */
  Onnx bytes(String name, long[] shape, int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT8.getNumber());
    for (long size : shape) {
      tensor.addDims(size);
    }
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /**
   * Adds a node.
   *
   * @param tensors names of what it reads, an arrow, names of what it makes
   * @param attributes names and values, in turns
   */
  Onnx node(String domain, String operator, String tensors, Object... attributes) {
    String[] sides = tensors.split(" *-> *");
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(List.of(sides[0].split(" ")))
            .addAllOutput(List.of(sides[1].split(" ")));
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node);
    return this;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer number) {
      attribute.setType(AttributeType.INT).setI(number);
    } else if (value instanceof String text) {
      attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof int[] numbers) {
      attribute.setType(AttributeType.INTS);
      Arrays.stream(numbers).forEach(attribute::addInts);
    } else if (value instanceof float[] numbers) {
      attribute.setType(AttributeType.FLOATS);
      for (float number : numbers) {
        attribute.addFloats(number);
      }
    } else {
      attribute.setType(AttributeType.STRINGS);
      for (String text : (String[]) value) {
        attribute.addStrings(ByteString.copyFromUtf8(text));
      }
    }
    return attribute.build();
  }

  /** What the model answers to these rows in the named output. */
  String ask(Object rows, String output) throws Exception {
    GraphProto asked = graph.clone().addOutput(ValueInfoProto.newBuilder().setName(output)).build();
    byte[] file =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(asked)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(15))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(2))
            .build()
            .toByteArray();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    try (OrtSession session = environment.createSession(file);
        OnnxTensor x =
            rows instanceof String[][] texts
                ? OnnxTensor.createTensor(environment, texts)
                : OnnxTensor.createTensor(environment, (float[][]) rows);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      String written = Arrays.deepToString(new Object[] {result.get(0).getValue()});
      return written.substring(1, written.length() - 1);
    }
  }
}
