package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that stand in a file. */
class ConfigTest {
  private static Lending lending;

  private final Path config;
  private final Path folder;

  ConfigTest(@TempDir Path folder) {
    this.folder = folder;
    this.config = folder.resolve("run.yml");
  }

  @BeforeAll
  static void prepare(@TempDir Path given) {
    lending = Lending.in(given);
  }

  private Cli.Outcome audit(String yaml, String... more) throws IOException {
    Files.writeString(
        config,
        "model: %s\ndata: %s\ntarget: repaid\nattribute: gender\nclasses: [no, yes]\n"
                .formatted(lending.model(), lending.data())
            + yaml);
    return run("audit", more);
  }

  private Cli.Outcome run(String command, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = command;
    line[1] = "--config";
    line[2] = config.toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return Cli.run(line);
  }

  @Test
  void a_file_does_what_typed_options_do() throws IOException {
    assertThat(audit("tolerance: 0.1\njson: true\nfail-on-bias: false\n"))
        .isEqualTo(lending.run("audit", "--tolerance", "0.1", "--json"));
  }

  @Test
  void what_is_typed_wins() throws IOException {
    assertThat(audit("tolerance: 0.1\njson: true\nbatch-size: 10\n", "--tolerance=0.2"))
        .isEqualTo(lending.run("audit", "--tolerance", "0.2", "--json"));
    assertThat(audit("flip: [region, gender]\n", "--flip=gender"))
        .isEqualTo(lending.run("audit", "--flip", "gender"));
  }

  @Test
  void lists_repeat_options_and_maps_hold_pairs() throws IOException {
    String yaml =
        """
        attribute: [gender, income]
        bands:
          income: [20000, 40000]
        reference: {gender: male}
        label:
          gender: {female: Women}
          repaid.no: owes
        """;
    Files.writeString(
        config,
        "model: %s\ndata: %s\ntarget: repaid\nclasses: [no, yes]\n"
                .formatted(lending.model(), lending.data())
            + yaml);

    assertThat(run("audit").out())
        .isEqualTo(
            lending
                .run(
                    "audit",
                    "--attribute",
                    "income",
                    "--bands",
                    "income=20000,40000",
                    "--reference",
                    "gender=male",
                    "--label",
                    "gender.female=Women",
                    "--label",
                    "repaid.no=owes")
                .out())
        .contains("owes, Women");
  }

  @Test
  void evidence_names_the_options_themselves() throws IOException {
    Path evidence = folder.resolve("e.json");
    audit("tolerance: 0.1\nevidence: " + evidence + "\n", "--seed", "2");

    assertThat(Cli.parse(Files.readString(evidence)).at("/provenance/command_line").asText())
        .isEqualTo(
            "evenhand audit --model=%s --data=%s --target=repaid --attribute=gender --classes=no --classes=yes --tolerance=0.1 --evidence=%s --seed 2"
                .formatted(lending.model(), lending.data(), evidence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "taget: repaid | line 1: there is no option 'taget'. Did you mean 'target'?",
        "dataset: d.csv | line 1: there is no option 'dataset'. Did you mean 'data'?",
        "min_group_size: 3 | line 1: there is no option 'min_group_size'. Did you mean 'min-group-size'?",
        "json: yes | line 1: 'json' is a switch; write true or false.",
        "threads: two | line 1: Invalid value for option '--threads': 'two' is not a whole number",
        "tolerance: [0.1, 0.2] | line 1: 'tolerance' takes one value, not a list.",
        "tolerance: {a: 1} | line 1: 'tolerance' takes no map.",
        "attribute: [[a, b]] | line 1: an item of a list must be a text or a number.",
        "target: | line 1: 'target' is empty.",
        "favourable: a\\nfavorable: b | line 2: 'favorable' is given twice; several values are a list.",
        "help: true | line 1: 'help' can only be typed.",
        "config: other.yml | line 1: 'config' can only be typed.",
        "target: 'a | line 1: this is not YAML: found unexpected end of stream.",
        "- target | line 1: expected options, each as its name, a colon and a value, such as 'target: repaid'."
      })
  void mistakes_are_one_sentence_with_a_line(String yaml, String sentence) throws IOException {
    Files.writeString(config, yaml.replace("\\n", "\n"));

    assertThat(run("audit")).refusesUsage(config + ", " + sentence, "evenhand audit");
  }

  @Test
  void a_file_that_holds_nothing_or_is_none_is_one_sentence() throws IOException {
    assertThat(run("audit"))
        .refusesUsage("There is no file %s.".formatted(config), "evenhand audit");
    Files.writeString(config, "");
    assertThat(run("audit"))
        .refusesUsage("%s is empty; expected options.".formatted(config), "evenhand audit");
    Files.write(config, "target: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run("audit"))
        .refusesUsage(
            "%s is not YAML: it is not text in UTF-8.".formatted(config), "evenhand audit");
  }

  @ParameterizedTest
  @MethodSource("org.evenhand.cli.HelpTest#commands")
  void every_command_reads_one(String command) throws IOException {
    Files.writeString(config, "out: [a, b]\n");

    assertThat(run(command).err())
        .startsWith("evenhand: " + config + ", line 1: ")
        .containsAnyOf("'out' takes one value", "there is no option 'out'");
  }
}
