package org.evenhand.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.ImageTrainingSettings;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The network that a patch is: a perceptron over a table's columns, or a network over images. */
@Under(Heading.IMAGES)
final class PatchOptions {
  @Option(
      names = "--patch",
      paramLabel = "NETWORK",
      description =
          "For a model of images, the patch's network: small-cnn (default), resnet18, resnet34 or mlp.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--patch-width",
      paramLabel = "N",
      description =
          "Channels of the patch's first stage, or units of its layers; by default 64 for the ResNets, else 16.")
  private Optional<Integer> width = Optional.empty();

  @Option(
      names = "--patch-side",
      paramLabel = "PIXELS",
      description =
          "The patch looks at images averaged down to at most so many pixels across and down (default 64).")
  private Optional<Integer> side = Optional.empty();

  @Option(
      names = "--patch-epochs",
      paramLabel = "N",
      description =
          "Passes over the images at most, in the training of one patch (default 20); it ends sooner where rows held out gain no more.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--patch-mirror",
      description =
          "In the training of a patch, show every image mirrored left to right half of the time; for faces, not for writing.")
  private boolean mirror;

  @Mixin private TrainingOptions training = new TrainingOptions();

  /**
   * Refuses values out of range, and choices about images where there are none.
   *
   * @param images whether the model reads images
   */
  void check(boolean images) {
    boolean chosen =
        mirror
            || training.chosen()
            || Stream.of(network, width, side, epochs).anyMatch(Optional::isPresent);
    if (chosen && !images) {
      throw new CliException(
          "--patch, --patch-width, --patch-side, --patch-epochs, --patch-mirror, --device and --checkpoints are for models of images (--images); a table's patch is a perceptron.");
    }
    if (images) {
      trainer(true, 1, Progress.NONE);
    }
  }

  private ImageTrainingSettings settings(int threads) {
    return training.settings(
        network.orElse("small-cnn"), width, side.orElse(64), epochs.orElse(20), mirror, threads);
  }

  /**
   * A trainer of patches.
   *
   * @param images whether the model reads images
   * @param threads of a network over images
   * @param progress told of its steps
   */
  PatchTrainer trainer(boolean images, int threads, Progress progress) {
    return images
        ? TrainingOptions.part().patches(settings(threads), progress)
        : new Perceptron(PerceptronSettings.DEFAULT);
  }

  /** Makes the folder of checkpoints, if one is named. */
  void makeFolder() {
    training.makeFolder();
  }
}
