package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.ImageTraining;
import org.evenhand.core.ImageTrainingSettings;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.eraser.ChosenTrainer;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The network that a patch is: a perceptron over a table's columns, or a network over images. */
@Under(Heading.IMAGES)
final class PatchOptions {
  private static final String FEATURES = "features";
  private static final String USUAL_NETWORK = "small-cnn";

  @Option(
      names = "--patch",
      paramLabel = "NETWORK",
      split = ",",
      description =
          "What the patch reads: features, the deployed network's own activations, or the images through a network to train: small-cnn, resnet18, resnet34, mlp or vit. Of several, separated by commas, the one that tells the attribute best in cross-validation (default: features,small-cnn, or features where nothing trains networks).")
  private List<String> networks = List.of();

  @Option(
      names = "--patch-width",
      paramLabel = "N",
      description =
          "The channels of the patch's first stage, the units of its layers, or the numbers of a vit's tokens (default: 64 for the ResNets and vit, else 16).")
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
    boolean chosen = !networks.isEmpty() || trains();
    if (chosen && !images) {
      throw new CliException(
          "--patch, --patch-width, --patch-side, --patch-epochs, --patch-mirror, --device and --checkpoints are for models of images (--images); a table's patch is a perceptron.");
    }
    if (networks.equals(List.of(FEATURES)) && trains()) {
      throw new CliException(
          "--patch-width, --patch-side, --patch-epochs, --patch-mirror, --device and --checkpoints are about training a network over images, and --patch features trains none; leave them out, or name a network with --patch.");
    }
    if (images) {
      trained().forEach(network -> trainer(network, 1, Progress.NONE));
    }
  }

  /** Whether anything is said of the training of a network over images. */
  private boolean trains() {
    return mirror
        || training.chosen()
        || Stream.of(width, side, epochs).anyMatch(Optional::isPresent);
  }

  /**
   * Whether a network over images is trained for a patch.
   *
   * @param images whether the model reads images
   */
  boolean trainsNetworks(boolean images) {
    return images && !trained().isEmpty();
  }

  private List<String> named() {
    if (!networks.isEmpty()) {
      return networks.stream().distinct().toList();
    }
    if (trains()) {
      return List.of(USUAL_NETWORK);
    }
    return ImageTraining.find().isPresent() ? List.of(FEATURES, USUAL_NETWORK) : List.of(FEATURES);
  }

  private List<String> trained() {
    return named().stream().filter(network -> !network.equals(FEATURES)).toList();
  }

  /**
   * A trainer of patches.
   *
   * @param model whose answers are to be corrected
   * @param images whether it reads images
   * @param threads of a network over images
   * @param progress told of its steps
   */
  PatchTrainer trainer(ModelSource model, boolean images, int threads, Progress progress) {
    if (!images) {
      return new Perceptron(PerceptronSettings.DEFAULT);
    }
    return new ChosenTrainer(
        named().stream()
            .map(
                network ->
                    network.equals(FEATURES) && model instanceof ModelSource.File file
                        ? new OwnFeatures(file)
                        : trainer(network, threads, progress))
            .toList());
  }

  private PatchTrainer trainer(String network, int threads, Progress progress) {
    ImageTrainingSettings settings =
        training.settings(network, width, side.orElse(64), epochs.orElse(20), mirror, threads);
    return TrainingOptions.part().patches(settings, progress);
  }

  /** Makes the folder of checkpoints, if one is named. */
  void makeFolder() {
    training.makeFolder();
  }
}
