package org.evenhand.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evenhand.core.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear all together or not at all. */
class StagedFilesTest {
  private final Path folder;

  StagedFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void a_failure_at_the_last_file_leaves_the_first_as_it_was() throws IOException {
    Path fused = Files.writeString(folder.resolve("fused.onnx"), "an older model");
    Path evidence = folder.resolve("evidence.json");

    assertThatThrownBy(
            () -> {
              try (StagedFiles files = new StagedFiles()) {
                files.write(fused, file -> text("a newer model", file));
                files.write(evidence, StagedFilesTest::fail);
                files.moveIntoPlace();
              }
            })
        .isInstanceOf(WorkflowException.class)
        .hasMessage(
            "'%s' cannot be written (No space left on device); nothing was changed."
                .formatted(evidence));
    assertThat(fused).hasContent("an older model");
    assertThat(folder.toFile().list()).containsExactly("fused.onnx");
  }

  @Test
  void staged_files_have_their_hash_before_they_are_moved() {
    Path fused = folder.resolve("fused.onnx");

    try (StagedFiles files = new StagedFiles()) {
      files.write(fused, file -> text("abc", file));
      assertThat(fused).doesNotExist();
      // The SHA-256 of "abc", from FIPS 180-2.
      assertThat(files.artefact("model", fused).sha256())
          .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
      assertThat(files.artefact("model", fused).path()).isEqualTo(fused.toString());
      files.moveIntoPlace();
    }

    assertThat(fused).hasContent("abc");
    assertThat(folder.toFile().list()).containsExactly("fused.onnx");
  }

  /**
   * Whoever finds a model finds its evidence too, even where a process was killed between moves.
   */
  @Test
  void what_is_written_first_is_moved_last() throws IOException {
    Path model = unmovable("fair.onnx");
    Path evidence = unmovable("fair.evidence.json");

    try (StagedFiles files = new StagedFiles()) {
      files.write(model, file -> text("a model", file));
      files.write(evidence, file -> text("its evidence", file));
      assertThatThrownBy(files::moveIntoPlace)
          .isInstanceOf(WorkflowException.class)
          .hasMessageStartingWith("'%s' cannot be put in place".formatted(evidence));
    }
  }

  /** A folder with something in it, which no file replaces. */
  private Path unmovable(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    Files.createFile(target.resolve("something"));
    return target;
  }

  private static void text(String text, Path file) {
    AtomicFile.write(file, out -> out.write(text.getBytes(UTF_8)));
  }

  private static void fail(Path file) {
    AtomicFile.write(
        file,
        out -> {
          throw new IOException("No space left on device");
        });
  }
}
