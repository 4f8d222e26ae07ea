package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

class SignalTest {
  /** Without {@link Engine#step} five of ten trainings of a ResNet-18 crashed, by the command. */
  @RepeatedTest(2)
  void a_training_that_is_asked_to_end_ends_without_a_crash(
      RepetitionInfo repetition, @TempDir Path folder) throws Exception {
    Path crash = folder.resolve("crash.log");
    Process training = ResumedTraining.start(folder, "-XX:ErrorFile=" + crash, "resnet18");
    Path log = folder.resolve("log");
    for (int i = 0; Files.readString(log).isEmpty() && training.isAlive() && i < 1200; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    // Somewhere within a step.
    TimeUnit.MILLISECONDS.sleep(70L * repetition.getCurrentRepetition());

    training.toHandle().destroy();

    assertThat(training.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
    // 128 and SIGTERM's 15.
    assertThat(training.exitValue()).as("exit code; " + Files.readString(log)).isEqualTo(143);
    assertThat(crash).doesNotExist();
  }
}
