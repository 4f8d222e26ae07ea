package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs are written all together or not at all, and never over an input. */
class OutputsTest {
  private static Lending lending;

  private final Path folder;

  OutputsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void prepare(@TempDir Path given) {
    lending = Lending.in(given);
  }

  private static Cli.Outcome erase(Path fused, String... more) {
    return lending.run(
        "erase",
        Stream.concat(
                Stream.of("--out", fused.toString(), "--estimator", "C2", "--folds", "2"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void an_output_in_a_folder_that_is_not_there() {
    Path fused = folder.resolve("none").resolve("fused.onnx");

    assertThat(erase(fused))
        .refuses(
            "The output '%s' cannot be written because there is no folder '%s'; make it first."
                .formatted(fused, fused.getParent()));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_output_below_a_file() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path fused = file.resolve("fused.onnx");

    assertThat(erase(fused))
        .refuses(
            "The output '%s' cannot be written because there is no folder '%s'; make it first."
                .formatted(fused, file));
    assertThat(file).hasContent("precious");
  }

  @Test
  void a_folder_as_an_output() {
    assertThat(erase(folder))
        .refuses("The output '%s' is a folder; name a file in it.".formatted(folder));
    assertThat(lending.run("audit", "--evidence", folder.toString()))
        .refuses("The output '%s' is a folder; name a file in it.".formatted(folder));
  }

  @Test
  void an_input_as_an_output() throws IOException {
    byte[] model = Files.readAllBytes(lending.model());
    byte[] people = Files.readAllBytes(lending.data());
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), lending.model());
    Path detour = lending.folder().resolve("..").resolve(lending.folder().getFileName());
    String sentence =
        "The output '%s' is also an input; name another file, so that the original stays.";

    for (Path same : List.of(lending.model(), link, detour.resolve("model.onnx"))) {
      assertThat(erase(same)).refuses(sentence.formatted(same));
    }
    assertThat(lending.run("audit", "--report", lending.data().toString()))
        .refuses(sentence.formatted(lending.data()));
    assertThat(lending.model()).hasBinaryContent(model);
    assertThat(lending.data()).hasBinaryContent(people);
  }

  @Test
  void earlier_results_of_every_command_stay_unless_they_may_go() throws IOException {
    Path earlier = Files.writeString(folder.resolve("earlier"), "a result");
    String sentence =
        "The output '%s' exists already; name another file, or allow it to be replaced (--overwrite)."
            .formatted(earlier);

    assertThat(lending.run("audit", "--report", earlier.toString())).refuses(sentence);
    assertThat(lending.run("audit", "--evidence", earlier.toString())).refuses(sentence);
    assertThat(erase(earlier)).refuses(sentence);
    assertThat(earlier).hasContent("a result");

    assertThat(lending.run("audit", "--report", earlier.toString(), "--overwrite")).exits(0);
    assertThat(earlier).content().startsWith("<!DOCTYPE html>");
  }

  @Test
  void two_outputs_of_one_name() {
    Path fused = folder.resolve("fused.onnx");
    Path detour = folder.resolve(".").resolve("fused.onnx");
    String sentence = "Two outputs are both called '%s'; give them different names.";

    assertThat(erase(fused, "--patch-file", detour.toString())).refuses(sentence.formatted(detour));
    assertThat(erase(fused, "--report", detour.toString())).refuses(sentence.formatted(detour));
    assertThat(lending.run("audit", "--report", "same", "--evidence", "./same"))
        .refuses(sentence.formatted("./same"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_full_disk() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    mountTiny(disk);
    try {
      Path fused = Files.writeString(disk.resolve("fused.onnx"), "an older model");

      assertThat(erase(fused, "--overwrite"))
          .refuses(
              "'%s' cannot be written (No space left on device); nothing was changed."
                  .formatted(fused));
      assertThat(fused).hasContent("an older model");
      assertThat(disk.toFile().list()).containsExactly("fused.onnx");

      // The fused model fits elsewhere, but its report does not: then neither is written.
      Path report = disk.resolve("report.html");
      assertThat(erase(folder.resolve("fused.onnx"), "--report", report.toString()))
          .refuses(
              "'%s' cannot be written (No space left on device); nothing was changed."
                  .formatted(report));
      assertThat(folder.toFile().list()).containsExactly("disk");
      assertThat(disk.toFile().list()).containsExactly("fused.onnx");
    } finally {
      process("umount", disk.toString());
    }
  }

  /** A file system of 8 KiB, where the machine and the rights allow it. */
  private static void mountTiny(Path disk) throws IOException, InterruptedException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    Assumptions.assumeTrue(
        linux && process("mount", "-t", "tmpfs", "-o", "size=8k", "evenhand-test", disk.toString()),
        "a small file system can only be mounted by root on Linux");
  }

  private static boolean process(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
