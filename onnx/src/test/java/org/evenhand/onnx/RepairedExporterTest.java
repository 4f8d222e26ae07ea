package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.softmax;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link HeadDialectsTest} shows what is written; here is what is not. */
class RepairedExporterTest {
  private final Path folder;
  private final Path model;
  private final Path repaired;

  RepairedExporterTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model.onnx");
    this.repaired = folder.resolve("repaired.onnx");
  }

  @BeforeEach
  void write_a_network() {
    softmax(network().dense("h", "z", 3)).write(model, 13, 0);
  }

  private void assertNotWritten(Head edited, String message) {
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      assertThatThrownBy(() -> RepairedExporter.export(headed, edited, repaired))
          .isInstanceOf(OnnxException.class)
          .hasMessage(message);
    }
    assertThat(repaired).doesNotExist();
  }

  @Test
  void an_edited_head_must_have_the_models_shape() {
    Head other =
        new Head(
            Classes.of("0", "1"),
            new DenseLayer(3, 1, new float[3], new float[1]),
            false,
            Head.Link.SIGMOID);

    assertNotWritten(
        other,
        ("The edited head is 3 features to 1 outputs without bias, SIGMOID over classes 0, 1, but"
                + " the head of the model '%s' is 3 features to 3 outputs with bias, SOFTMAX over"
                + " classes 0, 1, 2; edit the model's own with head().with(layer).")
            .formatted(model));
  }

  @Test
  void an_edited_head_must_be_finite() {
    Head broken;
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      float[] weights = headed.head().layer().weights().clone();
      weights[4] = Float.NaN;
      broken = headed.head().with(new DenseLayer(3, 3, weights, headed.head().layer().bias()));
    }

    assertNotWritten(broken, "The edited head holds NaN; every weight and bias must be finite.");
  }

  @Test
  void the_deployed_model_is_never_overwritten() {
    byte[] before = HeadAssert.bytes(model);

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      Head edited = HeadAssert.edited(headed.head(), 1);
      assertThatThrownBy(() -> RepairedExporter.export(headed, edited, model))
          .isInstanceOf(OnnxException.class)
          .hasMessage(
              "'%s' is the deployed model itself; write the repaired model to another file."
                  .formatted(model));
    }
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void a_file_that_changed_since_it_was_opened_is_not_repaired() throws IOException {
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      Head edited = HeadAssert.edited(headed.head(), 1);
      ModelProto renamed =
          ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder().setDocString("new").build();
      Files.write(model, renamed.toByteArray());
      assertThatThrownBy(() -> RepairedExporter.export(headed, edited, repaired))
          .isInstanceOf(OnnxException.class)
          .hasMessage(
              "The model '%s' has changed since it was opened; open it again.".formatted(model));
    }
  }

  @Test
  void a_target_in_no_folder_is_refused() {
    Path target = folder.resolve("none").resolve("repaired.onnx");

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      assertThatThrownBy(() -> RepairedExporter.export(headed, headed.head(), target))
          .isInstanceOf(OnnxException.class)
          .hasMessage(
              "'%s' cannot be written because there is no folder '%s'; make it first."
                  .formatted(target, target.getParent()));
    }
  }
}
