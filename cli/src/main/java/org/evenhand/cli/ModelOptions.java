package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ModelSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the deployed model is found, and how it is asked. */
@Under(Heading.MODEL)
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE|URL",
      description =
          "The deployed model: an ONNX file, or http(s)://HOST/v2/models/NAME on a server that speaks the Open Inference Protocol.")
  private Optional<String> model = Optional.empty();

  @Mixin private AskingOptions asking = new AskingOptions();

  boolean given() {
    return model.isPresent();
  }

  /**
   * The model that the options name.
   *
   * @param threads of an ONNX file
   * @param seed of the pauses between retries
   */
  ModelSource source(int threads, long seed) {
    return asking.source(
        model.orElseThrow(
            () -> new CliException("A model is needed: name its file or URL with --model.")),
        threads,
        seed);
  }

  List<String> classes() {
    return asking.classes();
  }
}
