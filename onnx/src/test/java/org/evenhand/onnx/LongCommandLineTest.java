package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime reads the command line of the process that it is in. */
class LongCommandLineTest {
  @Test
  void a_class_path_of_many_letters_does_not_end_the_process(@TempDir Path folder)
      throws Exception {
    Path model =
        Headless.softmax(Headless.network().then("Identity", "h", "z"))
            .write(folder.resolve("model.onnx"), 13, 3);
    // Without a larger stack a process ended at some 8,000 letters.
    String more = (File.pathSeparator + folder.resolve("x".repeat(200))).repeat(200);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + more,
                LongCommandLineTest.class.getName(),
                model.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("3 classes");
  }

  /** Opens a model, in a process of its own. */
  public static void main(String[] arguments) {
    try (OnnxClassifier model = OnnxClassifier.open(Path.of(arguments[0]), Headless.TENSOR)) {
      System.out.println(model.classes().size() + " classes");
    }
  }
}
