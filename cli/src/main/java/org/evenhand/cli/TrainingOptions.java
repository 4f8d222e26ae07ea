package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.training.Backbone;
import org.evenhand.training.Device;
import org.evenhand.training.TrainingSettings;
import picocli.CommandLine.Option;

/** What networks over images are trained on, and where a training that is stopped goes on. */
final class TrainingOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What networks over images are trained on: cpu (default), cuda or cuda:N.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--checkpoints",
      paramLabel = "FOLDER",
      description =
          "Keep the state of a training here after every epoch; the same command then goes on where it was stopped.")
  private Optional<Path> checkpoints = Optional.empty();

  boolean chosen() {
    return device.isPresent() || checkpoints.isPresent();
  }

  /** Makes the folder of checkpoints, if one is named. */
  void makeFolder() {
    checkpoints.ifPresent(folder -> Folders.make(folder, "--checkpoints"));
  }

  /**
   * A network over images as users name it.
   *
   * @param name such as {@code resnet18}
   * @param width 64 by default for the ResNets, as they were published, else 16
   */
  static Backbone backbone(String name, Optional<Integer> width) {
    int usual = name.toLowerCase(Locale.ROOT).startsWith("resnet") ? 64 : 16;
    return Backbone.of(name, width.orElse(usual));
  }

  /** The settings on the device that was chosen. */
  TrainingSettings apply(TrainingSettings settings, int threads) {
    TrainingSettings placed =
        settings.withDevice(device.map(Device::new).orElse(Device.CPU), threads);
    return checkpoints.map(placed::withCheckpoints).orElse(placed);
  }
}
