package org.evenhand.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each runs a program of its own, which gets SIGTERM once it says that it has begun. */
class ProcessEndTest {
  private static final int TERMINATED = 143;

  private final Path folder;

  ProcessEndTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void requireSignals() {
    assumeTrue(
        !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows"),
        "Windows has no SIGTERM");
  }

  /** Ends a program when it has begun. */
  private List<String> ended(Class<?> program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("begun");
      // Unlike the process's own method, this leaves what it says open.
      process.toHandle().destroy();
      List<String> said = out.lines().toList();
      assertThat(process.waitFor()).as(String.join(" ", said)).isEqualTo(TERMINATED);
      return said;
    }
  }

  private static void begin() {
    System.out.println("begun");
  }

  private static void awaitEnd() throws InterruptedException {
    while (!ProcessEnd.isEnding()) {
      Thread.sleep(1);
    }
  }

  /** As libraries of others unpack themselves: what is to be deleted is said at the very end. */
  static final class Unpacking {
    public static void main(String[] arguments) throws Exception {
      ProcessEnd.waitsFor(
          () -> {
            Path unpacked = Files.createDirectory(Path.of(arguments[0]).resolve("unpacked"));
            begin();
            awaitEnd();
            unpacked.toFile().deleteOnExit();
            return unpacked;
          });
    }
  }

  @Test
  void what_is_being_unpacked_is_deleted() throws Exception {
    ended(Unpacking.class);

    assertThat(folder).isEmptyDirectory();
  }

  /** A temporary folder that is filled while the process ends, beside a file that is never made. */
  static final class Filling {
    public static void main(String[] arguments) throws Exception {
      Path parent = Path.of(arguments[0]);
      Path beside = TemporaryFiles.beside(parent.resolve("a.onnx"));
      ProcessEnd.waitsFor(
          () -> {
            Path made = TemporaryFiles.folder(parent, "lib");
            begin();
            awaitEnd();
            return Files.writeString(made.resolve("lib.so"), "library");
          });
      ProcessEnd.waitsFor(() -> Files.writeString(beside, "too late"));
    }
  }

  @Test
  void temporary_files_are_deleted_when_no_step_runs_any_more_and_none_is_begun() throws Exception {
    ended(Filling.class);

    assertThat(folder).isEmptyDirectory();
  }

  /** As ONNX Runtime, which cannot take its own precautions for the end any more. */
  static final class Failing {
    public static void main(String[] arguments) throws Exception {
      ProcessEnd.waitsFor(
          () -> {
            begin();
            awaitEnd();
            throw new IOException("the process is ending");
          });
    }
  }

  @Test
  void what_fails_because_the_process_is_ending_is_not_told() throws Exception {
    assertThat(ended(Failing.class)).isEmpty();
  }

  /** As a long query, which only ends when it is told to. */
  static final class Querying {
    public static void main(String[] arguments) throws Exception {
      CountDownLatch cancelled = new CountDownLatch(1);
      ProcessEnd.waitsFor(
          () -> {
            begin();
            cancelled.await();
            return Files.createFile(Path.of(arguments[0]).resolve("cancelled"));
          },
          cancelled::countDown);
    }
  }

  @Test
  void a_long_step_is_cut_short() throws Exception {
    ended(Querying.class);

    assertThat(folder.toFile().list()).containsExactly("cancelled");
  }

  /** As a server that answers what it was asked before it ends. */
  static final class Draining {
    public static void main(String[] arguments) throws Exception {
      Thread drain =
          new Thread(
              () -> {
                try {
                  while (true) {
                    ProcessEnd.waitsFor(() -> "answered");
                  }
                } catch (CoreException e) {
                  System.out.println(e.getMessage());
                }
              });
      Runtime.getRuntime().addShutdownHook(drain);
      begin();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void a_shutdown_hook_that_begins_a_step_does_not_keep_the_process_from_ending() throws Exception {
    assertThat(ended(Draining.class))
        .containsExactly("The process is ending, so nothing more is begun.");
  }
}
