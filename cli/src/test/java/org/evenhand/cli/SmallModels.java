package org.evenhand.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Deployed models that answer what a column says, so that their figures are known. */
final class SmallModels {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final int BOOL = TensorProto.DataType.BOOL_VALUE;
  private static final int INT64 = TensorProto.DataType.INT64_VALUE;

  private SmallModels() {}

  /**
   * Reads column {@code score} and answers {@code probabilities [N,2]}: |1 − score| and the smaller
   * of score and 1. They sum to one for a score between 0 and 1 only.
   */
  static Path ofScores(Path file) {
    GraphProto.Builder graph = scores();
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  /** The same model, which only names the number of the class that it decides for. */
  static Path ofLabels(Path file) {
    return write(labels(scores()), file);
  }

  /**
   * One tensor of two columns: the class is decided by the first, and the second shifts it. Answers
   * {@code probabilities [N,2]}.
   */
  static Path ofTwoFeatures(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("two features");
    graph.addInput(tensor("features", FLOAT, 2));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(FLOAT)
            .addDims(2)
            .addDims(2)
            .addAllFloatData(List.of(0f, 2f, 0f, 1f)));
    graph.addNode(node("MatMul", "logits", "features", "weights"));
    graph.addNode(node("Softmax", "probabilities", "logits").addAttribute(integer("axis", 1)));
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  /**
   * Reads {@code image [N,3,4,4]}; the mean of its numbers is the score. Answers as {@link
   * #ofScores}.
   */
  static Path ofImages(Path file) {
    GraphProto.Builder graph = images();
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  /** The same model of images, which only names the number of the class that it decides for. */
  static Path ofImageLabels(Path file) {
    return write(labels(images()), file);
  }

  private static GraphProto.Builder images() {
    GraphProto.Builder graph = answers();
    graph.addInput(tensor("image", FLOAT, 3, 4, 4));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("columns")
            .setDataType(INT64)
            .addDims(2)
            .addAllInt64Data(List.of(-1L, 48L)));
    graph.addNode(0, node("Reshape", "flat", "image", "columns"));
    graph.addNode(
        1,
        node("ReduceMean", "score", "flat")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axes")
                    .setType(AttributeProto.AttributeType.INTS)
                    .addInts(1)));
    return graph;
  }

  /**
   * Reads {@code image [N,3,4,4]} and answers {@code probabilities [N,2]} by one dense layer: the
   * paler the image, the more probable the second class.
   */
  static Path ofImagesWithHead(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("images with head");
    graph.addInput(tensor("image", FLOAT, 3, 4, 4));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("columns")
            .setDataType(INT64)
            .addDims(2)
            .addAllInt64Data(List.of(-1L, 48L)));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(FLOAT)
            .addDims(48)
            .addDims(2)
            .addAllFloatData(IntStream.range(0, 96).mapToObj(i -> i % 2 / 12f).toList()));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("bias")
            .setDataType(FLOAT)
            .addDims(2)
            .addAllFloatData(List.of(2f, 0f)));
    graph.addNode(node("Reshape", "flat", "image", "columns"));
    graph.addNode(node("Gemm", "logits", "flat", "weights", "bias"));
    graph.addNode(node("Softmax", "probabilities", "logits").addAttribute(integer("axis", 1)));
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  /**
   * Reads a boolean column {@code member}, and decides the second class where it is true. Answers
   * {@code probabilities [N,2]}.
   */
  static Path ofBooleans(Path file) {
    GraphProto.Builder graph = answers();
    graph.addInput(tensor("member", BOOL, 1));
    // Before the nodes that read it.
    graph.addNode(0, node("Cast", "score", "member").addAttribute(integer("to", FLOAT)));
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  /** Answers the column {@code score} and its double, which are no probabilities of two classes. */
  static Path ofIndependentScores(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("independent scores");
    graph.addInput(tensor("score", FLOAT, 1));
    graph.addNode(
        node("Concat", "probabilities", "score", "score").addAttribute(integer("axis", 1)));
    graph.addOutput(tensor("probabilities", FLOAT, 2));
    return write(graph, file);
  }

  static ModelProto read(Path file) {
    try {
      return ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphProto.Builder scores() {
    GraphProto.Builder graph = answers();
    graph.addInput(tensor("score", FLOAT, 1));
    return graph;
  }

  private static GraphProto.Builder labels(GraphProto.Builder graph) {
    graph.addNode(
        node("ArgMax", "label", "probabilities")
            .addAttribute(integer("axis", 1))
            .addAttribute(integer("keepdims", 0)));
    return graph.addOutput(tensor("label", INT64));
  }

  /** From a {@code score [N,1]}. */
  private static GraphProto.Builder answers() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("scores");
    graph.addInitializer(
        TensorProto.newBuilder().setName("one").setDataType(FLOAT).addFloatData(1));
    graph.addNode(node("Sub", "difference", "one", "score"));
    graph.addNode(node("Abs", "no", "difference"));
    graph.addNode(node("Min", "yes", "score", "one"));
    graph.addNode(node("Concat", "probabilities", "no", "yes").addAttribute(integer("axis", 1)));
    return graph;
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output + " node")
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto integer(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static ValueInfoProto tensor(String name, int type, int... furtherDimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    for (int size : furtherDimensions) {
      shape.addDimBuilder().setDimValue(size);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  private static Path write(GraphProto.Builder graph, Path file) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(7).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(13);
    try (OutputStream out = Files.newOutputStream(file)) {
      model.build().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
