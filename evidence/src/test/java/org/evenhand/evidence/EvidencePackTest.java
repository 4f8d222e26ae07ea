package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.evenhand.core.CoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidencePackTest {
  @Test
  void a_file_is_replaced_and_nothing_else_is_left(@TempDir Path directory) throws IOException {
    Path report = directory.resolve("report.html");
    Files.writeString(report, "old");

    EvidencePack.writeReport(Samples.repairEvidence(), report);

    assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(report);
    }
  }

  @Test
  void a_missing_directory_is_named_with_what_to_do(@TempDir Path directory) {
    Path file = directory.resolve("missing").resolve("evidence.json");

    assertThatThrownBy(() -> EvidencePack.writeJson(Samples.repairEvidence(), Map.of(), file))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "'%s' cannot be written because there is no folder '%s'; make it first.",
            file, file.getParent());
  }

  @Test
  void a_directory_is_not_overwritten(@TempDir Path directory) throws IOException {
    Path inside = directory.resolve("report.html");
    Files.createDirectory(inside);

    assertThatThrownBy(() -> EvidencePack.writeReport(Samples.repairEvidence(), inside))
        .isInstanceOf(CoreException.class)
        .hasMessageContaining("is a folder; name a file");
    assertThat(inside).isDirectory();
  }
}
