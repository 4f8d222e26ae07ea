package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private final Path folder;

  CheckpointTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
    }
  }

  @Test
  void a_training_that_was_killed_goes_on_and_gives_the_same_network() throws Exception {
    Process training = ResumedTraining.start(folder);
    for (int i = 0; files().isEmpty() && training.isAlive() && i < 600; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    training.toHandle().destroyForcibly();
    training.waitFor();
    assertThat(files()).as(() -> "checkpoints; " + log()).hasSize(1);

    List<Long> steps = Collections.synchronizedList(new ArrayList<>());
    ImageNetwork resumed = ResumedTraining.train(folder, (task, done, total) -> steps.add(done));

    // 54 rows in batches of 32 are two steps an epoch.
    assertThat(steps.get(0)).isGreaterThan(2);
    assertThat(steps).endsWith(2L * ResumedTraining.EPOCHS);
    assertThat(files()).isEmpty();
    Path other = Files.createDirectory(folder.resolve("other"));
    assertThat(resumed)
        .usingRecursiveComparison()
        .isEqualTo(ResumedTraining.train(other, Progress.NONE));
  }

  @Test
  void a_transformer_goes_on_where_its_training_ended() throws IOException {
    Pictures pictures = Pictures.of(60, List.of(3, 16, 16), 1);
    TrainingSettings settings =
        TrainingSettings.of(Backbone.of("vit", 16))
            .withEpochs(4, 4)
            .withSteps(32, 1e-3, 1e-4)
            .withDevice(Device.CPU, 2);
    Path other = Files.createDirectory(folder.resolve("other"));

    // 54 rows in batches of 32 are two steps an epoch: the fifth is of the third epoch.
    assertThatThrownBy(() -> transformer(pictures, settings, folder, TestEnd.after(5)))
        .isInstanceOf(TestEnd.class);
    assertThat(files()).hasSize(1);

    assertThat(transformer(pictures, settings, folder, Progress.NONE))
        .usingRecursiveComparison()
        .isEqualTo(transformer(pictures, settings, other, Progress.NONE));
  }

  private static ImageNetwork transformer(
      Pictures pictures, TrainingSettings settings, Path checkpoints, Progress progress) {
    return new ImagePatchTrainer(settings.withCheckpoints(checkpoints), progress)
        .train(pictures.table(), Pictures.oneHot(pictures.t()), 2, pictures.ones(), 5)
        .network();
  }

  /** Ends a training from outside. */
  private static final class TestEnd extends IllegalStateException {
    private static final long serialVersionUID = 1;

    static Progress after(long steps) {
      return (task, done, total) -> {
        if (done == steps) {
          throw new TestEnd();
        }
      };
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void another_seed_is_another_training() {
    Images images = Images.of(Pictures.of(4, List.of(1, 4, 4), 1).table());
    Examples examples = Examples.certain(new int[] {0, 1, 0, 1}, 2, new double[] {1, 1, 1, 1});
    TrainingSettings settings = ResumedTraining.settings();

    assertThat(Identity.of("patch", settings, images, examples, 1))
        .isEqualTo(Identity.of("patch", settings.withDevice(Device.CPU, 1), images, examples, 1))
        .isNotEqualTo(Identity.of("patch", settings, images, examples, 2))
        .isNotEqualTo(Identity.of("patch", settings.withHeldOut(0.2), images, examples, 1))
        .isNotEqualTo(
            Identity.of(
                "patch",
                settings,
                Images.of(Pictures.of(4, List.of(1, 4, 4), 2).table()),
                examples,
                1));
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    Path none = folder.resolve("none");

    assertThatThrownBy(() -> ResumedTraining.train(none, Progress.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessage("There is no folder '%s' for checkpoints; make it first.".formatted(none));
  }

  @Test
  void a_full_disk_ends_training_with_one_sentence() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "a file system can be mounted here");
    try {
      assertThatThrownBy(() -> ResumedTraining.train(disk, Progress.NONE))
          .isInstanceOf(TrainingException.class)
          .hasMessageEndingWith(
              "cannot be written (No space left on device); nothing was changed.");
      assertThat(disk).isEmptyDirectory();
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  @Test
  void a_damaged_checkpoint_is_named() throws IOException {
    Path file = folder.resolve("damaged");
    String sentence =
        "The checkpoint '%s' cannot be read (%s); delete it to train from the beginning.";

    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> new Checkpoint(Optional.of(file)).load())
        .isInstanceOf(TrainingException.class)
        .hasMessage(sentence.formatted(file, "it is another kind of file"));
    Files.writeString(file, "");
    assertThatThrownBy(() -> new Checkpoint(Optional.of(file)).load())
        .hasMessage(sentence.formatted(file, "it ends early"));
  }
}
