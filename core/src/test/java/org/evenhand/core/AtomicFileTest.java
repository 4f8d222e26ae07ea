package org.evenhand.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private final Path folder;

  AtomicFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void an_existing_file_is_replaced_and_nothing_else_is_left() throws IOException {
    Path target = Files.writeString(folder.resolve("report.html"), "old");

    AtomicFile.write(target, out -> out.write("new".getBytes(UTF_8)));

    assertThat(target).hasContent("new");
    assertThat(folder).isDirectoryContaining(target::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void a_full_disk_leaves_the_target_as_it_was_and_no_temporary_file() throws IOException {
    Path target = Files.writeString(folder.resolve("fused.onnx"), "good");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 16]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "'%s' cannot be written (No space left on device); nothing was changed."
                .formatted(target));
    assertThat(target).hasContent("good");
    assertThat(folder.toFile().list()).containsExactly("fused.onnx");
  }

  @Test
  void a_failing_producer_leaves_no_file() {
    Path target = folder.resolve("evidence.json");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void a_missing_folder_is_named() {
    Path target = folder.resolve("none").resolve("report.html");

    assertThatThrownBy(() -> AtomicFile.write(target, out -> {}))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "'%s' cannot be written because there is no folder '%s'; make it first."
                .formatted(target, target.getParent()));
  }

  @Test
  void a_folder_is_not_a_target() {
    assertThatThrownBy(() -> AtomicFile.write(folder, out -> {}))
        .isInstanceOf(CoreException.class)
        .hasMessageStartingWith("'%s' is a folder; name a file to write in it".formatted(folder));
  }
}
