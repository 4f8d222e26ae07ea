package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.evenhand.audit.GroupSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartStoreTest {
  private static final ErasedPart PART =
      new ErasedPart(
          "utkface",
          "vanilla",
          1,
          "S1",
          false,
          Map.of("before", new ErasureFigures(new GroupSummary(.8, .7, .16, .81), .014)),
          Map.of(),
          27.5,
          97.25);

  @Test
  void a_finished_part_is_read_back_as_it_was_kept(@TempDir Path folder) {
    PartStore store = new PartStore(folder.resolve("made/when/missing"));

    assertThat(store.part("part.json", ErasedPart.class)).isEmpty();
    store.keep("part.json", PART);

    assertThat(store.part("part.json", ErasedPart.class)).contains(PART);
  }

  @Test
  void a_part_is_made_once(@TempDir Path folder) {
    PartStore store = new PartStore(folder);
    AtomicInteger made = new AtomicInteger();
    Supplier<ErasedPart> work =
        () -> {
          made.incrementAndGet();
          return PART;
        };

    assertThat(store.part("part.json", ErasedPart.class, work)).isEqualTo(PART);
    assertThat(store.part("part.json", ErasedPart.class, work)).isEqualTo(PART);

    assertThat(made).hasValue(1);
  }

  @Test
  void a_part_of_several_attributes_is_read_back_with_each(@TempDir Path folder) {
    PartStore store = new PartStore(folder);
    ErasedPart part =
        new ErasedPart(
            "two-colours",
            "vanilla",
            1,
            "S1",
            false,
            PART.figures(),
            Map.of("foreground", PART.figures()),
            27.5,
            97.25);

    store.keep("part.json", part);

    assertThat(store.part("part.json", ErasedPart.class)).contains(part);
  }

  @Test
  void of_one_attribute_nothing_is_said_by_attribute(@TempDir Path folder) throws IOException {
    PartStore store = new PartStore(folder);

    store.keep("part.json", PART);

    assertThat(store.file("part.json")).content().doesNotContain("of_each");
  }

  @Test
  void a_damaged_part_is_named_with_what_to_do(@TempDir Path folder) throws IOException {
    PartStore store = new PartStore(folder);
    Files.writeString(store.file("part.json"), "{\"task\":");

    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> store.part("part.json", ErasedPart.class))
        .withMessageStartingWith("The finished part '%s'".formatted(store.file("part.json")))
        .withMessageEndingWith("delete it, and it is made again.");
  }

  @Test
  void a_folder_that_cannot_be_made_is_named(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> new PartStore(file))
        .withMessageContaining("'%s'".formatted(file))
        .withMessageEndingWith("name another one with --work.");
  }

  @Test
  void keys_differ_as_soon_as_anything_does() {
    assertThat(PartStore.key("utkface", 1, 48))
        .isEqualTo(PartStore.key("utkface", 1, 48))
        .isNotEqualTo(PartStore.key("utkface", 2, 48))
        .isNotEqualTo(PartStore.key("utkface", 1, 64))
        .matches("[0-9a-f]{16}");
  }
}
