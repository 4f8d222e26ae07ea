package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedLibraryTest {
  private final Path folder;

  PackedLibraryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private PackedLibrary library(int megabytes) {
    return new PackedLibrary("DuckDB", folder, megabytes, "java.io.tmpdir");
  }

  /** What the loader of Java says of a file in a folder that is mounted noexec. */
  @Test
  void a_folder_that_no_program_may_run_from_is_one_sentence() {
    Path file = folder.resolve("lib.so");
    String said = "%s: %s: failed to map segment from shared object".formatted(file, file);

    assertThatThrownBy(
            () ->
                library(80)
                    .start(
                        () -> {
                          throw new ExceptionInInitializerError(new UnsatisfiedLinkError(said));
                        }))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "DuckDB cannot be started (failed to map segment from shared object); it unpacks itself into the folder '%s', which must have 80 MB of room and allow writing and running programs; name another with -Djava.io.tmpdir=FOLDER."
                .formatted(folder));
  }

  @Test
  void too_little_room_is_said_before_anything_is_unpacked() {
    library(0).requireRoom();
    assertThatThrownBy(() -> library(Integer.MAX_VALUE).requireRoom())
        .isInstanceOf(CoreException.class)
        .hasMessageMatching(
            "DuckDB cannot be started \\(there are \\d+ MB of room\\); it unpacks itself into .*");
  }

  @Test
  void a_folder_that_is_not_there_is_one_sentence() {
    PackedLibrary library =
        new PackedLibrary("DuckDB", folder.resolve("none"), 1, "java.io.tmpdir");

    assertThatThrownBy(library::requireRoom)
        .isInstanceOf(CoreException.class)
        .hasMessageContaining("DuckDB cannot be started (")
        .hasMessageContaining("'%s'".formatted(folder.resolve("none")));
  }

  @Test
  void what_a_library_gives_is_handed_on() {
    assertThat(library(1).<String, RuntimeException>start(() -> "started")).isEqualTo("started");
  }
}
