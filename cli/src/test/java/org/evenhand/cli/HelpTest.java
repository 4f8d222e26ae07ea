package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenhand.terminal.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a user reads who asks for help. */
class HelpTest {
  private static final Path REFERENCE = Path.of("../docs/command-line.md");

  static Stream<String> commands() {
    return Evenhand.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !List.of("help", "completion", "man").contains(name));
  }

  private static CommandSpec command(String name) {
    return Objects.requireNonNull(Evenhand.commandLine(name).getSubcommands().get(name))
        .getCommandSpec();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_can_be_asked_for_in_two_ways(String command) {
    assertThat(Cli.run("help", command).out()).isEqualTo(Cli.run(command, "--help").out());
  }

  @Test
  void help_alone_lists_the_commands() {
    assertThat(Cli.run("help")).exits(0);
    assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
  }

  @Test
  void help_for_no_command_names_the_one_that_was_meant() {
    assertThat(Cli.run("help", "adit").err())
        .startsWith("evenhand: There is no command 'adit'; the commands are audit, ")
        .contains("Did you mean 'audit'?");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_option_is_listed_once_below_a_heading(String command) {
    String help = Cli.run("help", command).out();

    for (OptionSpec option : command(command).options()) {
      Pattern listed =
          Pattern.compile(
              "(?m)^ {2}(?: {4}|-\\w, (?=--))?" + Pattern.quote(option.names()[0]) + "[=,\\[\\s]");
      assertThat(listed.matcher(help).results()).as(option.longestName()).hasSize(1);
    }
    assertThat(help).containsSubsequence("\nOutput:\n", "\nRunning:\n", "\nExamples:\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_example_is_understood_and_stands_in_the_reference(String command) throws IOException {
    List<String> examples = Examples.of(command(command));
    String reference =
        Files.readString(REFERENCE)
            .replaceAll("\\s*\\\\\\n\\s*", " ")
            .replace("./evenhand ", "evenhand ");

    assertThat(examples).hasSize(3);
    for (String example : examples) {
      String[] words = example.split(" ", -1);
      String[] arguments = Arrays.copyOfRange(words, 1, words.length);
      assertThat(Evenhand.commandLine(arguments).parseArgs(arguments).hasSubcommand()).isTrue();
      // Of those that can be run here, DocumentationTest runs each.
      assertThat(reference).contains("\n" + example + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120})
  void help_is_as_wide_as_the_terminal(int width) {
    CommandLine line = Evenhand.commandLine("help", "audit");
    line.setUsageHelpWidth(width);
    StringWriter out = new StringWriter();

    line.setOut(new PrintWriter(out)).execute("help", "audit");

    List<String> options =
        out.toString().lines().dropWhile(text -> !text.equals("Model:")).toList();
    assertThat(options).allMatch(text -> text.length() <= width);
    assertThat(options.stream().mapToInt(String::length).max().orElseThrow())
        .isGreaterThan(width - 12);
  }

  @Test
  void an_example_goes_on_after_a_backslash() {
    assertThat(Cli.run("help", "erase").out())
        .contains(
            """
              evenhand erase --model evenhand-out/model.onnx \\
                --data evenhand-out/people.csv --target repaid --attribute gender \\
                --classes no,yes --out evenhand-out/fused.onnx --overwrite
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void shells_complete_commands_and_options(String shell) {
    Cli.Outcome outcome = Cli.run("completion", shell);

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .contains("ZSH_VERSION", "complete -F _complete_evenhand")
        .contains("explain-decision", "--min-group-size", "--favorable");
  }

  @Test
  void another_shell_is_refused_with_the_known_ones() {
    assertThat(Cli.run("completion", "fish").err()).contains("expected one of", "BASH", "ZSH");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void manual_pages_hold_the_help(String command) {
    String page = Cli.run("man", command).out();

    assertThat(page).startsWith(".TH \"EVENHAND-" + command.toUpperCase(Locale.ROOT));
    assertThat(page).containsSubsequence(".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", ".SH EXAMPLES");
    for (OptionSpec option : command(command).options()) {
      assertThat(page).contains(option.longestName().replace("-", "\\-"));
    }
    // Whatever else begins with a point would be taken for a macro and vanish.
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|nf|fi|nh|ad)( .*)?"));
  }
}
