package org.evenhand.training;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;

/** A training that is killed or asked to end: a program of its own. */
final class ResumedTraining {
  static final int EPOCHS = 6;

  private ResumedTraining() {}

  /**
   * A process that trains until it is killed.
   *
   * @param folder of checkpoints and of the process's log
   * @param arguments options of Java, and the name of a network to train without pauses
   */
  static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    Stream.of(arguments).filter(argument -> argument.startsWith("-")).forEach(command::add);
    command.addAll(List.of(ResumedTraining.class.getName(), folder.toString()));
    Stream.of(arguments).filter(argument -> !argument.startsWith("-")).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "log"))
        .start();
  }

  /** Trains until it is killed: with pauses, or a named network, which says so after a step. */
  public static void main(String[] arguments) {
    if (arguments.length == 2) {
      trainLong(arguments[1]);
      return;
    }
    train(
        Path.of(arguments[0]),
        (task, done, total) -> {
          try {
            Thread.sleep(100);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void trainLong(String network) {
    Pictures pictures = Pictures.of(600, List.of(3, 32, 32), 1);
    TrainingSettings settings =
        TrainingSettings.of(Backbone.of(network, 64))
            .withEpochs(1_000, 1_000)
            .withSteps(32, 1e-4, 1e-4)
            .withDevice(Device.CPU, 2);
    new ImagePatchTrainer(settings, (task, done, total) -> System.out.println(done))
        .train(pictures.table(), Pictures.oneHot(pictures.t()), 2, pictures.ones(), 5);
  }

  static ImageNetwork train(Path folder, Progress progress) {
    Pictures pictures = Pictures.of(60, List.of(3, 12, 12), 1);
    return new ImagePatchTrainer(settings().withCheckpoints(folder), progress)
        .train(pictures.table(), Pictures.oneHot(pictures.t()), 2, pictures.ones(), 5)
        .network();
  }

  static TrainingSettings settings() {
    return TrainingSettings.of(Backbone.of("small-cnn", 4))
        .withEpochs(EPOCHS, EPOCHS)
        .withSteps(32, 1e-2, 1e-4)
        .withFlips(true)
        .withDevice(Device.CPU, 2);
  }
}
