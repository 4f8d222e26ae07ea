package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.evenhand.core.ImageTraining;
import org.evenhand.core.ImageTrainingSettings;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** What networks over images are trained on, and where a training that is stopped goes on. */
@Under(Heading.IMAGES)
final class TrainingOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "The processor that networks are trained on: cpu, cuda or cuda:N (default cpu).")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--checkpoints",
      paramLabel = "FOLDER",
      description =
          "Keep the state of a training in this folder after every epoch; the same command then continues where it was stopped.")
  private Optional<Path> checkpoints = Optional.empty();

  boolean chosen() {
    return device.isPresent() || checkpoints.isPresent();
  }

  /** Makes the folder of checkpoints, if one is named. */
  void makeFolder() {
    checkpoints.ifPresent(folder -> Folders.make(folder, "--checkpoints"));
  }

  /**
   * The settings on the device that was chosen.
   *
   * @param network as users name it
   * @param width of the network, if it was chosen
   * @param side images are averaged down to at most so many pixels
   * @param epochs at most
   * @param mirror whether images are mirrored half of the time
   * @param threads of the processor
   */
  ImageTrainingSettings settings(
      String network, Optional<Integer> width, int side, int epochs, boolean mirror, int threads) {
    return new ImageTrainingSettings(
        network, width, side, epochs, mirror, device.orElse("cpu"), threads, checkpoints);
  }

  /** The part that trains networks over images, which not every class path has. */
  static ImageTraining part() {
    return ImageTraining.find()
        .orElseThrow(
            () ->
                new CliException(
                    "Networks over images are trained by a part that is not on the class path, evenhand-training with PyTorch; take the full release, run ./evenhand from a checkout, which adds it, or add its jars."));
  }
}
