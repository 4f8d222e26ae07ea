package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.rows;
import static org.evenhand.onnx.Headless.softmax;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head's numbers may be stored in 16 bits, or beside the model. */
class HeadStorageTest {
  private final Path folder;
  private final Path model;
  private final Path repaired;

  HeadStorageTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model.onnx");
    this.repaired = folder.resolve("repaired.onnx");
  }

  /** Every weight moved by 1/64, which 16 bits hold; the weights are sixteenths. */
  private static Head edited(Head head) {
    float[] weights = head.layer().weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (i % 2 == 0 ? 1 : -1) / 64f;
    }
    return head.with(new DenseLayer(3, 3, weights, head.layer().bias()));
  }

  private static float[] sixteenths() {
    float[] weights = new float[9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.round(16 * Headless.TURNED[i]) / 16f;
    }
    return weights;
  }

  private void assertRepairedAsEdited(OnnxHeadedClassifier headed) {
    Head edited = edited(headed.head());
    double[] features = headed.features(rows());
    RepairedExporter.export(headed, edited, repaired);
    try (OnnxHeadedClassifier written = OnnxHeadedClassifier.open(repaired, TENSOR)) {
      assertThat(written.head().layer().weights()).isEqualTo(edited.layer().weights());
      HeadAssert.assertSameProbabilities(edited.answers(features), written.answer(rows()));
    }
  }

  @Test
  void numbers_of_16_bits_are_edited_in_place() throws IOException {
    ByteBuffer halves = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    for (float weight : sixteenths()) {
      halves.putShort(Fp16Conversions.floatToFp16(weight));
    }
    SmallModel small =
        network()
            .initializer(
                "w",
                ElementType.FLOAT16,
                TensorProto.newBuilder().setRawData(ByteString.copyFrom(halves.array())),
                3,
                3);
    String wide = small.builder.cast("w", ElementType.FLOAT);
    softmax(small.node("MatMul", List.of("h", wide), "z")).write(model, 13, 0);

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      assertRepairedAsEdited(headed);
      assertThat(Files.size(repaired)).isEqualTo(Files.size(model));
    }
  }

  @Test
  void numbers_beside_the_model_are_inside_the_repaired_one() throws IOException {
    ByteBuffer floats = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
    floats.asFloatBuffer().put(sixteenths());
    Path weights = folder.resolve("weights.bin");
    Files.write(weights, floats.array());
    TensorProto.Builder external = TensorProto.newBuilder().setDataLocation(DataLocation.EXTERNAL);
    external.addExternalDataBuilder().setKey("location").setValue("weights.bin");
    softmax(
            network()
                .initializer("w", ElementType.FLOAT, external, 3, 3)
                .node("MatMul", List.of("h", "w"), "z"))
        .write(model, 13, 0);

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      Head edited = edited(headed.head());
      double[] features = headed.features(rows());
      RepairedExporter.export(headed, edited, repaired);
      Files.delete(weights);
      try (OnnxClassifier written = OnnxClassifier.open(repaired, TENSOR)) {
        HeadAssert.assertSameProbabilities(
            edited.answers(features), (Answers.Soft) written.answer(rows()));
      }
    }
  }
}
