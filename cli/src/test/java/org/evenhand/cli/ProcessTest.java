package org.evenhand.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.evenhand.datasets.SimulatedLending;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What only shows in a process of its own: its temporary folder, memory, locale, and how it ends.
 */
class ProcessTest {
  private static Lending lending;

  private final Path folder;
  private final Path temporary;

  ProcessTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  @BeforeAll
  static void prepare(@TempDir Path given) {
    lending = Lending.in(given);
  }

  private Cli.Outcome run(
      List<String> javaOptions, Map<String, String> environment, String... line) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Evenhand.class.getName());
    command.addAll(List.of(line));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    process.environment().putAll(environment);
    try {
      int exitCode = process.start().waitFor();
      return new Cli.Outcome(exitCode, Files.readString(out), withoutWarningsOfJava(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From Java 24 on, it warns by itself of what libraries of others call. */
  private static String withoutWarningsOfJava(Path err) throws IOException {
    return Files.readString(err).replaceAll("(?m)^WARNING: .*\\R(?:\\R)?", "");
  }

  private Cli.Outcome run(String... line) {
    return run(List.of(), Map.of(), line);
  }

  private static String[] audit(String... more) {
    return Stream.concat(
            Stream.of(
                "audit",
                "--target",
                SimulatedLending.TARGET,
                "--attribute",
                SimulatedLending.ATTRIBUTE,
                "--classes",
                "no,yes"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static String[] auditOfModel() {
    return audit("--model", lending.model().toString(), "--data", lending.data().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a file", "nothing"})
  void a_temporary_folder_that_cannot_be_written_to_is_one_sentence(String instead)
      throws IOException {
    Files.delete(temporary);
    if (instead.equals("a file")) {
      Files.writeString(temporary, "precious");
    }

    Cli.Outcome outcome = run(auditOfModel());

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("evenhand: ONNX Runtime cannot be started (")
        .endsWith(
            "); it unpacks itself into the folder '%s', which must have 50 MB of room and allow writing and running programs; name another with -Djava.io.tmpdir=FOLDER."
                .formatted(temporary));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a file", "nothing"})
  void a_temporary_folder_that_cannot_be_written_to_is_one_sentence_for_parquet_too(String instead)
      throws IOException {
    Path parquet = lending.writeParquet(folder.resolve("people.parquet"));
    Files.delete(temporary);
    if (instead.equals("a file")) {
      Files.writeString(temporary, "precious");
    }

    Cli.Outcome outcome =
        run(
            "audit",
            "--data",
            parquet.toString(),
            "--attribute",
            SimulatedLending.ATTRIBUTE,
            "--predictions-column",
            SimulatedLending.TARGET);

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("evenhand: DuckDB cannot be started (")
        .contains("it unpacks itself into the folder '%s'".formatted(temporary));
  }

  /** Nothing is packed for this platform, as if what is packed could not be loaded. */
  @Test
  void linear_algebra_that_cannot_be_loaded_is_one_sentence() {
    Cli.Outcome outcome =
        run(
            List.of("-Dorg.bytedeco.javacpp.platform=none"),
            Map.of(),
            "unlearn",
            "--model",
            lending.model().toString(),
            "--data",
            lending.data().toString(),
            "--target",
            SimulatedLending.TARGET,
            "--flip",
            SimulatedLending.ATTRIBUTE,
            "--classes",
            "no,yes",
            "--out",
            folder.resolve("repaired.onnx").toString());

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("evenhand: OpenBLAS cannot be started (")
        .endsWith("; name another with -Dorg.bytedeco.javacpp.cachedir=FOLDER.\n");
  }

  @Test
  void the_temporary_folder_is_empty_in_the_end() {
    Path parquet = lending.writeParquet(folder.resolve("people.parquet"));

    Cli.Outcome outcome =
        run(audit("--model", lending.model().toString(), "--data", parquet.toString()));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  /** ONNX Runtime would warn of the weights that nothing reads. */
  @Test
  void nothing_but_our_own_lines_is_on_standard_error() {
    Cli.Outcome outcome = run(auditOfModel());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("evenhand: "));
  }

  /** A table whose texts are all different takes several times the memory that is allowed. */
  @Test
  void a_table_that_does_not_fit_into_memory_is_not_called_bad() throws IOException {
    Path large = folder.resolve("large.csv");
    try (Writer out = Files.newBufferedWriter(large)) {
      out.write("t,b,p,c\n");
      for (int row = 0; row < 200_000; row++) {
        out.write("%d,%s,0.5,%s%d\n".formatted(row % 2, row % 3, "x".repeat(80), row));
      }
    }

    assertThat(
            run(
                List.of("-Xmx24m"),
                Map.of(),
                "audit",
                "--data",
                large.toString(),
                "--target",
                "t",
                "--attribute",
                "b",
                "--within",
                "c",
                "--scores-column",
                "p"))
        .isEqualTo(
            new Cli.Outcome(
                4,
                "",
                "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.\n"));
  }

  /** 6,000 × 6,000 pixels in one colour: a file of some 100 KB. */
  @Test
  void an_image_that_does_not_fit_into_memory_is_not_called_bad() throws IOException {
    Path pack = Files.createDirectory(folder.resolve("pack"));
    ImageIO.write(
        new BufferedImage(6_000, 6_000, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        pack.resolve("i0.png").toFile());
    Files.writeString(folder.resolve("labels.csv"), "file,t,b\ni0.png,0,u\n");
    Files.write(folder.resolve("images.onnx"), FuzzSeeds.onnx(true).toByteArray());

    Cli.Outcome outcome =
        run(
            List.of("-Xmx32m"),
            Map.of(),
            "audit",
            "--model",
            folder.resolve("images.onnx").toString(),
            "--images",
            pack.toString(),
            "--labels",
            folder.resolve("labels.csv").toString(),
            "--image-column",
            "file",
            "--target",
            "t",
            "--attribute",
            "b",
            "--on-bad-image",
            "skip");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(4);
    assertThat(outcome.err())
        .endsWith(
            "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.\n");
  }

  /** In this locale Java would write a question mark for each letter beyond ASCII. */
  @Test
  void letters_of_all_languages_are_printed_in_the_plainest_locale() throws IOException {
    Path people = folder.resolve("people.csv");
    Files.writeString(people, "t,Ţară,p\n0,Łódź,0.5\n1,Łódź,0.6\n0,日本,0.4\n1,日本,0.3\n", UTF_8);

    Cli.Outcome outcome =
        run(
            List.of("-Dfile.encoding=US-ASCII"),
            Map.of("LC_ALL", "C"),
            "audit",
            "--data",
            people.toString(),
            "--target",
            "t",
            "--attribute",
            "b",
            "--scores-column",
            "p");

    assertThat(outcome.err()).contains("Ţară");
  }

  @Test
  void what_a_file_is_called_and_what_its_columns_are_called_does_not_steer_the_terminal()
      throws IOException {
    Path people = folder.resolve("people\u001b[2J.csv");
    Files.writeString(people, "t,\u001b]0;owned\u0007,p\n0,u,0.5\n1,v,0.6\n");

    Cli.Outcome outcome =
        run(
            "audit",
            "--data",
            people.toString(),
            "--target",
            "t",
            "--attribute",
            "b",
            "--scores-column",
            "p");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out() + outcome.err())
        .doesNotContain("\u001b", "\u0007")
        .contains("people\\u001b[2J.csv", "\\u001b]0;owned\\u0007");
  }

  @Test
  void a_terminal_shows_verdicts_in_colour_unless_no_color_is_set_and_json_never()
      throws IOException {
    Path people = folder.resolve("people.csv");
    StringBuilder rows = new StringBuilder("t,b,p\n");
    for (int row = 0; row < 400; row++) {
      rows.append("1,%s,%s\n".formatted(row % 2 == 0 ? "u" : "v", row % 2 == 0 ? 0.9 : 0.1));
      rows.append("0,%s,%s\n".formatted(row % 2 == 0 ? "u" : "v", row % 2 == 0 ? 0.9 : 0.1));
    }
    Files.writeString(people, rows);
    List<String> terminal = List.of("-Devenhand.terminal=true", "-Devenhand.terminal.output=true");
    String[] line = {
      "audit",
      "--data",
      people.toString(),
      "--target",
      "t",
      "--attribute",
      "b",
      "--scores-column",
      "p"
    };
    String[] json = Stream.concat(Stream.of(line), Stream.of("--json")).toArray(String[]::new);
    Map<String, String> colours = Map.of("NO_COLOR", "", "TERM", "xterm");

    assertThat(run(terminal, colours, line).out()).contains("b: \u001b[1;31mBIASED\u001b[0m\n");
    assertThat(run(List.of(), colours, line).out()).contains("b: BIASED\n");
    assertThat(run(terminal, Map.of("NO_COLOR", "1"), line).out()).contains("b: BIASED\n");
    assertThat(Cli.parse(run(terminal, colours, json).out()).path("command").asText())
        .isEqualTo("audit");
    assertThat(run(terminal, colours, "audit", "--dat").err())
        .startsWith("\u001b[1;31mevenhand:\u001b[0m There is no option '--dat'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "KILL"})
  void a_signal_leaves_nothing_behind(String signal) throws Exception {
    assumeTrue(
        !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows"),
        "signals are sent by the command kill");
    Kills kills = new Kills(Files.createDirectory(folder.resolve("kills")));

    assertThat(kills.end(signal, "erase", 3)).isEmpty();
  }
}
