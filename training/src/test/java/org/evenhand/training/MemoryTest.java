package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.TensorColumn;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Resident memory of this program in MiB, without Java's heap, which grows as it likes. */
  private static long residentMebibytes() {
    try {
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      long heap = Runtime.getRuntime().totalMemory() >> 20;
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024 - heap;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_thousand_steps_take_the_memory_of_two_hundred() {
    Assumptions.assumeTrue(Files.exists(STATUS), "the system tells the memory in use");
    // 1,000 steps of 32 images of 3 x 32 x 32 pixels: 4 channels at 16 x 16, in 32 bits, are 128
    // KiB
    // a step and tensor. If not freed, 800 steps of a dozen such tensors were 1.2 GiB.
    Pictures pictures = Pictures.of(640, List.of(3, 32, 32), 1);
    TrainingSettings settings =
        TrainingSettings.of(Backbone.of("small-cnn", 4))
            .withEpochs(50, 50)
            .withSteps(32, 1e-3, 0)
            .withHeldOut(0)
            .withDevice(Device.CPU, 2);
    List<Long> resident = new ArrayList<>();

    new ImagePatchTrainer(
            settings,
            (task, done, total) -> {
              if (done % 200 == 0) {
                resident.add(residentMebibytes());
              }
            })
        .train(pictures.table(), Pictures.oneHot(pictures.t()), 2, pictures.ones(), 1);

    assertThat(resident).hasSize(5);
    assertThat(resident.get(4) - resident.get(0)).as("%s", resident).isLessThan(100);
  }

  @Test
  void too_little_memory_is_said_in_one_sentence() {
    TensorColumn.Source source =
        (index, into, offset) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    Pictures pictures =
        new Pictures(TensorColumn.of("image", List.of(3, 8, 8), 4, source), new int[4], new int[4]);
    TrainingSettings settings = TrainingSettings.of(Backbone.of("resnet18", 4));

    assertThatThrownBy(
            () ->
                new ImagePatchTrainer(settings, org.evenhand.core.Progress.NONE)
                    .train(pictures.table(), Pictures.oneHot(pictures.t()), 2, pictures.ones(), 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "There is too little memory to train a resnet18 on batches of 128 images; take smaller batches, smaller images or a narrower backbone, or give Java and the machine more memory.");
  }

  @Test
  void libtorch_without_memory_says_the_same() {
    // A tensor of 2^50 numbers is 4 PiB.
    assertThatThrownBy(
            () ->
                Engine.scoped(
                    () -> {
                      try {
                        return org.bytedeco.pytorch.global.torch.zeros(1L << 50);
                      } catch (RuntimeException e) {
                        throw MemoryShortage.explain(e, TrainingSettings.of(Backbone.of("mlp", 4)));
                      }
                    }))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("There is too little memory to train a mlp on batches of 128");
  }
}
