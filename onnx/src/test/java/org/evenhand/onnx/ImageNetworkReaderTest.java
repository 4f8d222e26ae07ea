package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that was written is read as the same layers. */
class ImageNetworkReaderTest {
  private final Path path;

  ImageNetworkReaderTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
  }

  private byte[] write(ImageNetwork network, Head.Link link) throws IOException {
    List<String> names =
        IntStream.range(0, Math.max(2, network.outputs())).mapToObj(k -> "class " + k).toList();
    ImageModelExporter.export(network, new Classes(names), link, Map.of(), path);
    return Files.readAllBytes(path);
  }

  private ImageNetwork read() {
    try (OnnxClassifier deployed = OnnxClassifier.open(path)) {
      return ImageNetworkReader.read(deployed);
    }
  }

  @Test
  void networks_of_any_architecture_are_read_as_they_were_written() throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      assertReadAsWritten(RandomImageNetworks.any(seed));
    }
  }

  /** Written once more, what was read gives the same file. */
  private void assertReadAsWritten(ImageNetwork network) throws IOException {
    byte[] written = write(network, Head.Link.SOFTMAX);

    assertThat(write(read(), Head.Link.SOFTMAX)).isEqualTo(written);
  }

  @Test
  void blocks_that_widen_have_a_shortcut_of_their_own() throws IOException {
    assertReadAsWritten(RandomImageNetworks.resNet18(List.of(3, 32, 32), 2, 1));
  }

  @Test
  void one_output_for_two_classes_is_refused() throws IOException {
    write(RandomImageNetworks.small("image", List.of(3, 20, 16), false, 1, 5), Head.Link.SIGMOID);

    assertThatExceptionOfType(OnnxException.class)
        .isThrownBy(this::read)
        .withMessageContaining("answers otherwise than the layers that were read of it");
  }

  @Test
  void a_layer_that_is_not_known_is_named() throws IOException {
    write(RandomImageNetworks.perturbed(List.of(3, 12, 10), 2, 1), Head.Link.SOFTMAX);

    assertThatExceptionOfType(OnnxException.class)
        .isThrownBy(this::read)
        .withMessageStartingWith(
            "The model '%s' cannot be read as plain layers, because ".formatted(path))
        .withMessageEndingWith("; take a method that needs no gradients.");
  }
}
