package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Hand-made graphs in the dialects of several exporters. */
final class SmallModel {
  /** Weights of a linear model from three numbers to three classes, classes × inputs. */
  static final float[] WEIGHTS = {0.9f, -0.4f, 0.2f, -0.7f, 0.3f, 0.5f, 0.1f, 0.6f, -0.8f};

  static final float[] BIAS = {0.1f, -0.2f, 0.05f};

  final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
  final GraphBuilder builder = new GraphBuilder(graph, new GraphNames(graph.build()));

  SmallModel input(String name, ElementType type, int... furtherDimensions) {
    graph.addInput(GraphBuilder.tensor(name, type, "N", furtherDimensions));
    return this;
  }

  SmallModel output(String name, ElementType type, int... furtherDimensions) {
    graph.addOutput(GraphBuilder.tensor(name, type, "N", furtherDimensions));
    return this;
  }

  /** An initialiser of 32-bit numbers, as PyTorch writes one. */
  SmallModel raw(String name, float[] values, long... dims) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return initializer(
        name,
        ElementType.FLOAT,
        TensorProto.newBuilder().setRawData(ByteString.copyFrom(bytes.array())),
        dims);
  }

  /** An initialiser of 32-bit numbers, as CNTK writes one. */
  SmallModel listed(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return initializer(name, ElementType.FLOAT, tensor, dims);
  }

  /** An initialiser of 64-bit numbers that no 32-bit number equals. */
  SmallModel wide(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    for (float value : values) {
      tensor.addDoubleData(value * (1 + 1e-12));
    }
    return initializer(name, ElementType.DOUBLE, tensor, dims);
  }

  SmallModel initializer(String name, ElementType type, TensorProto.Builder tensor, long... dims) {
    graph.addInitializer(
        tensor
            .setName(name)
            .setDataType(type.code())
            .addAllDims(Arrays.stream(dims).boxed().toList()));
    return this;
  }

  SmallModel node(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    builder.addNamed("", operator, output, inputs, attributes);
    return this;
  }

  /** Logits {@code [N,classes]} of a matrix {@code [N,3]}. */
  SmallModel dense(String input, String logits, int classes) {
    String weights =
        builder.constant(logits + "/w", Arrays.copyOf(WEIGHTS, 3 * classes), classes, 3);
    String bias = builder.constant(logits + "/b", Arrays.copyOf(BIAS, classes), classes);
    builder.addNamed("", "Gemm", logits, List.of(input, weights, bias), attribute("transB", 1));
    return this;
  }

  SmallModel then(String operator, String input, String output, AttributeProto... attributes) {
    builder.addNamed("", operator, output, List.of(input), attributes);
    return this;
  }

  SmallModel then(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    builder.addNamed("", operator, output, inputs, attributes);
    return this;
  }

  /** {@code [N]} from {@code [N,1]}. */
  SmallModel flattened(String input, String output) {
    return then("Identity", builder.reshape(input, -1), output);
  }

  /** A scikit-learn style classifier over a matrix {@code [N,3]} with these class labels. */
  SmallModel linearClassifier(
      String input, String label, String probabilities, AttributeProto classLabels) {
    return linearClassifier(input, label, probabilities, WEIGHTS, BIAS, "SOFTMAX", classLabels);
  }

  SmallModel linearClassifier(
      String input,
      String label,
      String scores,
      float[] coefficients,
      float[] intercepts,
      String postTransform,
      AttributeProto classLabels) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(GraphBuilder.ML_DOMAIN)
            .setOpType("LinearClassifier")
            .setName("classifier")
            .addInput(input)
            .addOutput(label)
            .addOutput(scores)
            .addAttribute(attribute("coefficients", coefficients))
            .addAttribute(attribute("intercepts", intercepts))
            .addAttribute(classLabels)
            .addAttribute(text("post_transform", postTransform)));
    return this;
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** An output that is a sequence of maps from class to probability. */
  SmallModel zipMap(String probabilities, String output, AttributeProto classLabels) {
    builder.addNamed(GraphBuilder.ML_DOMAIN, "ZipMap", output, List.of(probabilities), classLabels);
    ElementType key =
        classLabels.getName().endsWith("strings") ? ElementType.STRING : ElementType.INT64;
    TypeProto number =
        TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code()))
            .build();
    TypeProto map =
        TypeProto.newBuilder()
            .setMapType(TypeProto.Map.newBuilder().setKeyType(key.code()).setValueType(number))
            .build();
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(output)
            .setType(
                TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map))));
    return this;
  }

  /** Writes the model; an ai.onnx.ml version of 0 leaves that domain out. */
  Path write(Path path, int opset, int mlVersion) {
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(opset < 9 ? 3 : 8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(opset);
    if (mlVersion > 0) {
      model.addOpsetImportBuilder().setDomain(GraphBuilder.ML_DOMAIN).setVersion(mlVersion);
    }
    // Files of IR version 3 list their constants among the inputs, too.
    if (opset < 9) {
      graph
          .getInitializerList()
          .forEach(
              constant ->
                  model
                      .getGraphBuilder()
                      .addInputBuilder()
                      .setName(constant.getName())
                      .getTypeBuilder()
                      .getTensorTypeBuilder()
                      .setElemType(constant.getDataType())
                      .getShapeBuilder()
                      .addAllDim(
                          constant.getDimsList().stream()
                              .map(
                                  size ->
                                      TensorShapeProto.Dimension.newBuilder()
                                          .setDimValue(size)
                                          .build())
                              .toList()));
    }
    try (OutputStream out = Files.newOutputStream(path)) {
      model.build().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
