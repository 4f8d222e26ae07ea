package org.evenhand.training;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;

/** The training that {@link CheckpointTest} kills: a program of its own. */
final class ResumedTraining {
  static final int EPOCHS = 6;

  private ResumedTraining() {}

  /** Trains until it is killed, which gives each epoch time enough. */
  public static void main(String[] folder) throws InterruptedException {
    train(
        Path.of(folder[0]),
        (task, done, total) -> {
          try {
            Thread.sleep(100);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
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
