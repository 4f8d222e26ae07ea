package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private final Path folder;

  DataFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void files_come_in_the_order_of_their_paths_without_marks_and_hidden_ones() throws IOException {
    Path b = write("b", "1");
    Path inner = write("a/z", "2");
    Path key = write("_k=1/x", "3");
    write("_SUCCESS", "");
    write("_temporary/x", "");
    write(".b.crc", "");
    write("b.crc", "");

    assertThat(DataFolder.files(folder)).containsExactly(key, inner, b);
  }

  @Test
  void links_are_followed_unless_they_lead_in_circles() throws IOException {
    Path b = write("elsewhere/b", "1");
    Path table = Files.createDirectory(folder.resolve("table"));
    Path link = Files.createSymbolicLink(table.resolve("inner"), b.getParent());

    assertThat(DataFolder.files(table)).containsExactly(link.resolve("b"));

    Files.createSymbolicLink(table.resolve("circle"), table);
    assertThatThrownBy(() -> DataFolder.files(table))
        .isInstanceOf(CoreException.class)
        .hasMessageMatching("Folder .*table cannot be read \\(.*FileSystemLoopException: .*\\)\\.");
  }

  @Test
  void tables_whose_log_says_which_files_count_are_refused() throws IOException {
    write("table/part", "1");
    write("table/.hoodie/log", "1");

    assertThatThrownBy(() -> DataFolder.files(folder))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            folder
                + "/table is a Hudi table, whose log says which of its files count; write its rows to a folder of plain Parquet files.");
  }

  /** The hashes are those of sha256sum (GNU coreutils 9.1) for these files and its lines. */
  @Test
  void the_hash_of_a_folder_is_that_of_what_sha256sum_prints() throws IOException {
    write("b", "world\n");
    write("a/z", "hello\n");
    write("_SUCCESS", "");

    Provenance.Artefact artefact = Artefacts.of("data", folder);

    assertThat(artefact.sha256())
        .isEqualTo("7cecc37a3fec7aeebd9fc9b3327bfcd3db18aace4e96051db8df0c6b20a981d9");
    assertThat(artefact.bytes()).isEqualTo(12);
    assertThat(artefact.path()).isEqualTo(folder.toString());
    assertThat(Artefacts.of("data", folder.resolve("b")).sha256())
        .isEqualTo("e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317");
  }
}
