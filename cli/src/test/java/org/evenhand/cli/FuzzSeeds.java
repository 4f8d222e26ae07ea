package org.evenhand.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small sound inputs of every kind that is read, made here, to be damaged. */
final class FuzzSeeds {
  private static final int ROWS = 12;

  private FuzzSeeds() {}

  static byte[] csv() {
    return csv(ROWS);
  }

  static byte[] csv(int rows) {
    return ("t,b,p,a,c\n"
            + IntStream.range(0, rows)
                .mapToObj(
                    row ->
                        "%d,%s,0.%d,%d.5,\"x, %d\""
                            .formatted(row % 2, row % 3 == 0 ? "u" : "v", 1 + row % 9, row, row))
                .collect(Collectors.joining("\n"))
            + "\n")
        .getBytes(UTF_8);
  }

  static byte[] parquet(Path folder) throws SQLException, IOException {
    Path csv = folder.resolve("seed.csv");
    Path parquet = folder.resolve("seed.parquet");
    Files.write(csv, csv());
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (FROM '%s') TO '%s' (FORMAT parquet)".formatted(csv, parquet));
    }
    return Files.readAllBytes(parquet);
  }

  static byte[] image(String format) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 2, 0x4080c0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  static byte[] zip(byte[] image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < ROWS; i++) {
        zip.putNextEntry(new ZipEntry("i%d.png".formatted(i)));
        zip.write(image);
      }
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A tar archive as POSIX describes it. */
  static byte[] tar(byte[] image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < ROWS; i++) {
      byte[] head = new byte[512];
      put(head, 0, "i%d.png".formatted(i));
      put(head, 100, "0000644");
      put(head, 124, "%011o".formatted(image.length));
      put(head, 136, "00000000000");
      head[156] = '0';
      put(head, 257, "ustar");
      Arrays.fill(head, 148, 156, (byte) ' ');
      int sum = 0;
      for (byte b : head) {
        sum += b & 0xff;
      }
      put(head, 148, "%06o".formatted(sum));
      head[154] = 0;
      out.write(head);
      out.write(image);
      out.write(new byte[(512 - image.length % 512) % 512]);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  /** Labels of images i0.png to i11.png. */
  static byte[] labels() {
    return ("file,t,b\n"
            + IntStream.range(0, ROWS)
                .mapToObj(i -> "i%d.png,%d,%s".formatted(i, i % 2, i % 3 == 0 ? "u" : "v"))
                .collect(Collectors.joining("\n"))
            + "\n")
        .getBytes(UTF_8);
  }

  /** A logistic model of columns p and a, or of images of 4 × 4 pixels. */
  static ModelProto onnx(boolean images) {
    int width = images ? 48 : 2;
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    String features = "x";
    if (images) {
      graph.addInput(value("image", TensorProto.DataType.FLOAT, 3, 4, 4));
      graph.addNode(node("Flatten", List.of("image"), "x"));
    } else {
      graph.addInput(value("p", TensorProto.DataType.FLOAT, 1));
      graph.addInput(value("a", TensorProto.DataType.FLOAT, 1));
      graph.addNode(node("Concat", List.of("p", "a"), "x").toBuilder().addAttribute(axis()));
    }
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(width)
            .addDims(2);
    for (int i = 0; i < 2 * width; i++) {
      weights.addFloatData(0.1f * (i % 5) - 0.2f);
    }
    graph.addInitializer(weights);
    graph.addNode(node("MatMul", List.of(features, "w"), "logits"));
    graph.addNode(
        node("Softmax", List.of("logits"), "probabilities").toBuilder().addAttribute(axis()));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ArgMax")
            .addInput("logits")
            .addOutput("label")
            .addAttribute(axis())
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(0)));
    graph.addOutput(value("label", TensorProto.DataType.INT64));
    graph.addOutput(value("probabilities", TensorProto.DataType.FLOAT, 2));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(7).setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(13);
    return model.build();
  }

  /**
   * Two trees over an encoded text and columns p and a, with a label and maps, as exporters write.
   */
  static ModelProto trees() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    graph.addInput(value("b", TensorProto.DataType.STRING, 1));
    graph.addInput(value("p", TensorProto.DataType.FLOAT, 1));
    graph.addInput(value("a", TensorProto.DataType.FLOAT, 1));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("shape")
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(2)
            .addAllInt64Data(List.of(-1L, 1L)));
    graph.addNode(
        ofMl("LabelEncoder", List.of("b"), "code")
            .addAttribute(texts("keys_strings", "u", "v"))
            .addAttribute(floats("values_floats", 0, 1)));
    graph.addNode(node("Reshape", List.of("code", "shape"), "column"));
    graph.addNode(
        node("Concat", List.of("column", "p", "a"), "x").toBuilder().addAttribute(axis()));
    graph.addNode(
        ofMl("TreeEnsembleClassifier", List.of("x"), "label", "scores")
            .addAttribute(integers("nodes_treeids", 0, 0, 0, 1, 1, 1))
            .addAttribute(integers("nodes_nodeids", 0, 1, 2, 0, 1, 2))
            .addAttribute(integers("nodes_featureids", 0, 0, 0, 1, 0, 0))
            .addAttribute(floats("nodes_values", 0.5f, 0, 0, 0.4f, 0, 0))
            .addAttribute(
                texts("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"))
            .addAttribute(integers("nodes_truenodeids", 1, 0, 0, 1, 0, 0))
            .addAttribute(integers("nodes_falsenodeids", 2, 0, 0, 2, 0, 0))
            .addAttribute(integers("class_treeids", 0, 0, 1, 1))
            .addAttribute(integers("class_nodeids", 1, 2, 1, 2))
            .addAttribute(integers("class_ids", 0, 0, 0, 0))
            .addAttribute(floats("class_weights", -0.7f, 0.5f, -0.3f, 0.9f))
            .addAttribute(integers("classlabels_int64s", 0, 1))
            .addAttribute(text("post_transform", "LOGISTIC")));
    graph.addNode(
        ofMl("ZipMap", List.of("scores"), "probabilities")
            .addAttribute(integers("classlabels_int64s", 0, 1)));
    graph.addOutput(value("label", TensorProto.DataType.INT64));
    graph
        .addOutputBuilder()
        .setName("probabilities")
        .getTypeBuilder()
        .getSequenceTypeBuilder()
        .getElemTypeBuilder()
        .getMapTypeBuilder()
        .setKeyType(TensorProto.DataType.INT64.getNumber())
        .getValueTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.FLOAT.getNumber());
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(7).setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(13);
    model.addOpsetImportBuilder().setDomain("ai.onnx.ml").setVersion(2);
    return model.build();
  }

  private static NodeProto.Builder ofMl(String operator, List<String> inputs, String... outputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setDomain("ai.onnx.ml")
        .addAllInput(inputs)
        .addAllOutput(List.of(outputs));
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static AttributeProto.Builder integers(String name, long... values) {
    return attribute(name, AttributeProto.AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList());
  }

  private static AttributeProto.Builder floats(String name, float... values) {
    AttributeProto.Builder floats = attribute(name, AttributeProto.AttributeType.FLOATS);
    for (float value : values) {
      floats.addFloats(value);
    }
    return floats;
  }

  private static AttributeProto.Builder texts(String name, String... values) {
    return attribute(name, AttributeProto.AttributeType.STRINGS)
        .addAllStrings(Arrays.stream(values).map(ByteString::copyFromUtf8).toList());
  }

  private static AttributeProto.Builder text(String name, String value) {
    return attribute(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value));
  }

  private static AttributeProto axis() {
    return AttributeProto.newBuilder()
        .setName("axis")
        .setType(AttributeProto.AttributeType.INT)
        .setI(1)
        .build();
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output).build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int... further) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    Arrays.stream(further).forEach(size -> shape.addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  static byte[] metadata() {
    return ("{\"name\":\"m\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}],"
            + "\"outputs\":[{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]}")
        .getBytes(UTF_8);
  }

  static byte[] reply() {
    return ("{\"outputs\":[{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[12,2],\"data\":["
            + IntStream.range(0, ROWS)
                .mapToObj(row -> "0.%d,0.%d".formatted(1 + row % 9, 9 - row % 9))
                .collect(Collectors.joining(","))
            + "]}]}")
        .getBytes(UTF_8);
  }
}
