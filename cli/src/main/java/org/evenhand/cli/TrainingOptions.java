package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
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

  Optional<Path> checkpoints() {
    return checkpoints;
  }

  Device device() {
    return device.map(Device::new).orElse(Device.CPU);
  }

  /** The settings on the machine that was chosen. */
  TrainingSettings apply(TrainingSettings settings, int threads) {
    TrainingSettings placed = settings.withDevice(device(), threads);
    return checkpoints.map(placed::withCheckpoints).orElse(placed);
  }
}
