package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenhand demo}. */
class DemoCommandTest {
  private static final String PROMPT = "$ ./evenhand ";

  private final Path folder;

  DemoCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void the_whole_job_is_done_by_commands_that_can_be_run_again() {
    Path results = folder.resolve("results");

    Cli.Outcome demo = Cli.run("demo", "--out", results.toString());

    assertThat(demo).exits(0);
    assertThat(results.toFile().list())
        .containsExactlyInAnyOrder(
            "model.onnx",
            "people.csv",
            "fair.onnx",
            "fair.patch.onnx",
            "fair.report.html",
            "fair.evidence.json");
    assertThat(demo.out())
        .startsWith("A simulated lending population: ")
        .contains("40 % of the women and 80 % of the men")
        .contains("gender: BIASED before, WITHIN_TOLERANCE after")
        .endsWith(
            "The results lie in %s; open %s first.%n"
                .formatted(results.toAbsolutePath(), results.resolve("fair.report.html")));
    List<String> commands = demo.out().lines().filter(line -> line.startsWith(PROMPT)).toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      Cli.Outcome again = Cli.run(Arrays.asList(command.substring(PROMPT.length()).split(" ")));
      assertThat(again).exits(0);
      assertThat(demo.out()).contains(again.out());
    }
  }

  @Test
  void no_new_offence_is_the_advantage_on_compas() {
    RealData.file("tabular/compas/compas.csv.gz");

    Cli.Outcome demo = Cli.run("demo", "--dataset", "compas", "--out", folder.toString());

    assertThat(demo).exits(0);
    assertThat(demo.out().lines().filter(line -> line.startsWith(PROMPT)))
        .hasSize(2)
        .allMatch(line -> line.contains(" --classes 0,1 --favourable 0 "));
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "precious");

    assertThat(Cli.run("demo", "--out", file.toString()))
        .refuses("'%s' is a file; name a folder (--out).".formatted(file));
    assertThat(Cli.run("demo", "--out", file.resolve("below").toString()))
        .refuses(
            "The folder '%s' cannot be made, because a part of its path is a file or cannot be written to; name another (--out)."
                .formatted(file.resolve("below")));
    assertThat(file).hasContent("precious");
  }

  @Test
  void an_unknown_data_set_is_named_with_those_that_there_are() {
    Cli.Outcome outcome = Cli.run("demo", "--dataset", "titanic", "--out", folder.toString());

    assertThat(outcome).exits(3);
    assertThat(outcome.err()).contains("titanic").contains("compas, lsac, adult");
    assertThat(folder).isEmptyDirectory();
  }
}
