package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllOrNoneTest {
  @TempDir private Path folder = Path.of("");

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void where_one_file_cannot_be_moved_all_are_as_they_were() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "before");
    Path fresh = folder.resolve("fresh");
    // Nothing can be moved over a folder that holds something.
    Path blocked = Files.createDirectory(folder.resolve("blocked"));
    Files.createFile(blocked.resolve("x"));
    try (StagedFiles staged = new StagedFiles()) {
      staged.write(old, file -> write(file, "after"));
      staged.write(fresh, file -> write(file, "new"));
      staged.write(blocked, file -> write(file, "never"));

      assertThatThrownBy(staged::moveIntoPlace)
          .isInstanceOf(WorkflowException.class)
          .hasMessageContaining("cannot be put in place")
          .hasMessageContaining("none of the files was changed");
    }

    assertThat(old).hasContent("before");
    assertThat(fresh).doesNotExist();
    assertThat(blocked.resolve("x")).exists();
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void files_replace_what_was_there_and_leave_nothing_else() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "before");
    try (StagedFiles staged = new StagedFiles()) {
      staged.write(old, file -> write(file, "after"));
      staged.moveIntoPlace();
    }

    assertThat(old).hasContent("after");
    assertThat(folder.toFile().list()).containsExactly("old");
  }
}
