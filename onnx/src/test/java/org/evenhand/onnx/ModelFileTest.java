package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.evenhand.core.ModelContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private final Path folder;
  private final Path path;

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.path = folder.resolve("model.onnx");
  }

  private static void assertNotOpened(Path path, String message) {
    assertThatThrownBy(() -> OnnxClassifier.open(path).close())
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private void assertNotOnnx() {
    assertNotOpened(
        path,
        "'%s' is not an ONNX file, or only the beginning of one; export the model again."
            .formatted(path));
  }

  @Test
  void a_missing_file_is_named() {
    assertNotOpened(path, "There is no model file '%s'.".formatted(path));
  }

  @Test
  void a_folder_is_not_a_model() {
    assertNotOpened(
        folder, "The model '%s' is a folder; name the .onnx file in it.".formatted(folder));
  }

  @Test
  void an_empty_file_is_not_a_model() throws IOException {
    Files.createFile(path);
    assertNotOnnx();
  }

  @Test
  void random_bytes_are_not_a_model() throws IOException {
    byte[] bytes = new byte[1000];
    new Random(1).nextBytes(bytes);
    Files.write(path, bytes);
    assertNotOnnx();
  }

  @Test
  void a_table_is_not_a_model() throws IOException {
    Files.writeString(path, "age,income\n34,1\n");
    assertThatThrownBy(() -> ModelFile.read(path))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "'%s' is a text, perhaps the table of rows, and not an ONNX file; name the model's file."
                .formatted(path));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 0.999})
  void a_truncated_file_is_not_a_model(double kept) throws IOException {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(path, 13, 0);
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, (int) (kept * whole.length)));

    OnnxOptions options = OnnxOptions.of(ModelContract.none().withFeatures(List.of("a", "b", "c")));
    assertThatThrownBy(() -> OnnxClassifier.open(path, options).close())
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining(path.toString());
  }
}
