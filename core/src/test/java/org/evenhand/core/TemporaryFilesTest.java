package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
  @TempDir private Path folder = Path.of("");

  private Path left(long process, Duration ago) throws IOException {
    Path file =
        Files.createFile(folder.resolve(".a.onnx.%d-%s.tmp".formatted(process, UUID.randomUUID())));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    return file;
  }

  @Test
  void what_a_killed_process_left_of_the_same_target_is_deleted() throws IOException {
    long noProcess = 999_999_999_999L;
    Path abandoned = left(noProcess, Duration.ofHours(1));
    Path recent = left(noProcess, Duration.ZERO);
    Path running = left(ProcessHandle.current().pid(), Duration.ofHours(1));
    Path foreign = Files.createFile(folder.resolve(".a.onnx.backup.tmp"));

    TemporaryFiles.beside(folder.resolve("a.onnx"));

    assertThat(abandoned).doesNotExist();
    assertThat(recent).exists();
    assertThat(running).exists();
    assertThat(foreign).exists();
  }

  @Test
  void what_was_written_beside_a_temporary_file_is_deleted_too() throws IOException {
    String first = ".a.onnx.999999999999-%s.tmp".formatted(UUID.randomUUID());
    Path nested =
        Files.createFile(
            folder.resolve(".%s.999999999999-%s.tmp".formatted(first, UUID.randomUUID())));
    Files.setLastModifiedTime(nested, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    TemporaryFiles.beside(folder.resolve("a.onnx"));

    assertThat(nested).doesNotExist();
  }

  @Test
  void a_folder_is_discarded_with_what_it_holds() throws IOException {
    Path made = TemporaryFiles.folder(folder, "lib");
    Files.writeString(made.resolve("x"), "x");

    TemporaryFiles.discard(made);

    assertThat(folder).isEmptyDirectory();
  }
}
