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
          "The network of the patch: small-cnn, resnet18, resnet34 or mlp (default small-cnn).")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--patch-width",
      paramLabel = "N",
      description =
          "The channels of the patch's first stage, or the units of its layers (default: 64 for the ResNets, else 16).")
  private Optional<Integer> width = Optional.empty();

  @Option(
      names = "--patch-side",
      paramLabel = "PIXELS",
      description =
          "The patch sees images averaged down to at most this many pixels across and down (default 64).")
  private Optional<Integer> side = Optional.empty();

  @Option(
      names = "--patch-epochs",
      paramLabel = "N",
      description =
          "The largest number of passes over the images when a patch is trained (default 20); training ends sooner if held-out rows gain no more.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--patch-mirror",
      description =
          "When a patch is trained, mirror every image left to right half of the time; good for faces, bad for writing.")
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
