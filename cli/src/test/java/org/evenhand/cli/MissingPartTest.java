package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.evenhand.core.ImageTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command without the part that trains networks over images. */
class MissingPartTest {
  private static final String SENTENCE =
      "evenhand: Networks over images are trained by a part that is not on the class path, evenhand-training with PyTorch; take the full release, run ./evenhand from a checkout, which adds it, or add its jars.\n";
  private static final List<String> IMAGES =
      List.of("--images", "faces", "--labels", "l.csv", "--target", "t", "--attribute", "b");

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void hideThePart() {
    Thread.currentThread().setContextClassLoader(new WithoutPart(usual));
  }

  @AfterEach
  void showItAgain() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  private static final class WithoutPart extends ClassLoader {
    WithoutPart(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("META-INF/services/" + ImageTraining.class.getName())
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }

  private static Cli.Outcome run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(IMAGES);
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  @Test
  void no_model_of_images_is_trained() {
    Cli.Outcome outcome = run("train", "--out", "faces.onnx");

    assertThat(outcome).exits(2);
    assertThat(outcome.err()).startsWith(SENTENCE);
  }

  @Test
  void no_patch_of_images_is_trained() {
    Cli.Outcome outcome =
        run("erase", "--model", "faces.onnx", "--patch", "small-cnn", "--out", "fused.onnx");

    assertThat(outcome).exits(2);
    assertThat(outcome.err()).startsWith(SENTENCE);
  }

  @Test
  void a_patch_that_reads_the_deployed_network_needs_none() {
    assertThat(run("erase", "--model", "faces.onnx", "--out", "fused.onnx"))
        .refuses("There is no model file 'faces.onnx'.");
  }

  @Test
  void an_audit_of_images_needs_none() {
    assertThat(run("audit", "--model", "faces.onnx"))
        .refuses("There is no model file 'faces.onnx'.");
  }
}
