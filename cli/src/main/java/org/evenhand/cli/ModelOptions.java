package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.onnx.OnnxOptions;
import picocli.CommandLine.Option;

/** How the deployed model is found and asked. */
final class ModelOptions {
  @Option(names = "--model", paramLabel = "FILE", description = "The deployed model (ONNX).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of a model with one tensor input, in its order.")
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--classes",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names of the classes in the model's order, where the model does not name them.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "The model's output to read, or 'sigmoid' for independent sigmoids; found by shape and name by default.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--strict",
      description = "Make a category that the model's encoder does not know an error.")
  private boolean strict;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      defaultValue = "8192",
      description =
          "Rows that the model is asked about at once (default ${DEFAULT-VALUE}). Changes no figure.")
  private int batchSize;

  Optional<Path> model() {
    return model;
  }

  Path required() {
    return model.orElseThrow(
        () -> new CliException("A model is needed: name its file with --model."));
  }

  OnnxOptions onnx(int threads) {
    OnnxOptions.Builder builder =
        OnnxOptions.builder()
            .batchSize(batchSize)
            .threads(threads)
            .features(features)
            .classes(classes)
            .strict(strict);
    output.ifPresent(builder::output);
    return builder.build();
  }

  List<String> classes() {
    return classes;
  }
}
