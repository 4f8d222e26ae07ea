package org.evenhand.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.evenhand.eraser.Estimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command says about itself, and how it refuses what is not understood. */
class CommandLineTest {
  private static final List<String> AUDIT =
      List.of("audit", "--data", "d.csv", "--target", "t", "--attribute", "a");
  private static final List<String> ERASE =
      List.of(
          "erase",
          "--model",
          "m.onnx",
          "--data",
          "d.csv",
          "--target",
          "t",
          "--attribute",
          "a",
          "--out",
          "fused.onnx");

  private static Cli.Outcome run(List<String> command, String... more) {
    return Cli.run(Stream.concat(command.stream(), Stream.of(more)).toList());
  }

  @Test
  void help_lists_the_commands_and_the_exit_codes() {
    Cli.Outcome outcome = Cli.run("--help");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .startsWith("Usage: evenhand COMMAND")
        .containsPattern("audit +Measures how a model's decisions treat different groups")
        .containsPattern("erase +Removes bias by correcting the model's answers")
        .containsPattern("demo +Runs the whole job")
        .contains("0   done")
        .contains("1   an attribute is BIASED, with --fail-on-bias")
        .contains("2   wrong usage")
        .contains("3   bad input")
        .contains("4   internal error")
        .contains("5   repair declined: nothing written unless --force");
  }

  @Test
  void a_command_that_is_made_alone_is_the_same_as_among_the_others() {
    CommandLine all = Evenhand.commandLine();

    Map<String, CommandLine> commands = new TreeMap<>(all.getSubcommands());
    commands.keySet().removeAll(Set.of("help", "completion", "man"));
    assertThat(commands).hasSize(9);
    commands.forEach(
        (name, command) -> {
          CommandLine alone = Evenhand.commandLine(name, "--help");
          assertThat(alone.getSubcommands()).containsOnlyKeys(name);
          assertThat(
                  requireNonNull(alone.getSubcommands().get(name))
                      .getCommandSpec()
                      .optionsMap()
                      .keySet())
              .isEqualTo(command.getCommandSpec().optionsMap().keySet())
              .contains("--stacktrace");
          assertThat(command.getCommandSpec().name()).isEqualTo(name);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit",
        "repair",
        "compare",
        "erase",
        "explain",
        "unlearn",
        "explain-decision",
        "train",
        "demo"
      })
  void every_command_has_a_help_in_lines_of_80_characters(String command) {
    Cli.Outcome outcome = Cli.run(command, "--help");

    assertThat(outcome).exits(0);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("\nUsage: evenhand " + command);
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void help_begins_with_what_must_be_given() {
    String help = Cli.run("erase", "--help").out();

    assertThat(help.lines().takeWhile(line -> !line.startsWith("Learns")))
        .containsExactly(
            "Removes bias by correcting the model's answers.",
            "",
            "Usage: evenhand erase --model=FILE --data=FILE --target=COLUMN",
            "                      --attribute=COLUMN --out=FILE [OPTIONS]",
            "       evenhand erase --model=FILE --images=PACK --labels=FILE --target=COLUMN",
            "                      --attribute=COLUMN --out=FILE [--patch=NETWORK] [OPTIONS]",
            "");
    assertThat(
            Stream.of("--model=", "--data=", "--target=", "--attribute=", "--out=", "--strength="))
        .extracting(option -> help.lastIndexOf("      " + option))
        .isSorted()
        .doesNotContain(-1);
  }

  @Test
  void the_version_is_told() {
    Cli.Outcome outcome = Cli.run("--version");

    assertThat(outcome).exits(0);
    assertThat(outcome.out()).startsWith("evenhand ").contains("Java ");
  }

  @Test
  void without_a_command_help_is_printed_where_errors_are() {
    Cli.Outcome outcome = Cli.run();

    assertThat(outcome).exits(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEqualTo(Cli.run("--help").out());
  }

  @Test
  void an_unknown_command_is_named_with_the_available_ones() {
    Cli.Outcome outcome = Cli.run("adit");

    assertThat(outcome).exits(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith(
            "evenhand: There is no command 'adit'; the commands are audit, explain, repair, compare,");
  }

  @Test
  void an_unknown_option_is_named() {
    assertThat(run(AUDIT, "--modell", "m.onnx"))
        .refusesUsage("There is no option '--modell'. Did you mean '--model'?", "evenhand audit");
  }

  @Test
  void a_word_too_many_is_named() {
    assertThat(run(AUDIT, "m.onnx"))
        .refusesUsage("'m.onnx' belongs to no option.", "evenhand audit");
  }

  @Test
  void missing_options_are_named() {
    assertThat(Cli.run("audit", "--scores-column", "s"))
        .refusesUsage("Missing required option: '--data=FILE'", "evenhand audit");
    assertThat(Cli.run("audit", "--scores-column", "s", "--target", "t", "--attribute", "a"))
        .refusesUsage("Missing required option: '--data=FILE'", "evenhand audit");
    assertThat(Cli.run("audit", "--scores-column", "s", "--data", "d", "--target", "t"))
        .refusesUsage(
            "Name what to audit: a protected attribute with --attribute, or a column to flip with"
                + " --flip ('all' only ranks columns).",
            "evenhand audit");
    assertThat(Cli.run("erase", "--model", "m", "--data", "d", "--target", "t", "--out", "f.onnx"))
        .refusesUsage("Missing required option: '--attribute=COLUMN'", "evenhand erase");
  }

  @Test
  void an_option_given_twice_is_refused() {
    assertThat(run(ERASE, "--out", "other.onnx"))
        .refusesUsage("option '--out' (FILE) should be specified only once", "evenhand erase");
  }

  @Test
  void an_empty_name_is_refused() {
    assertThat(Cli.run("audit", "--data", "d.csv", "--target", "", "--attribute", "a"))
        .refusesUsage("Invalid value for option '--target': the name is empty", "evenhand audit");
    assertThat(Cli.run("audit", "--data", "", "--target", "t", "--attribute", "a"))
        .refusesUsage("Invalid value for option '--data': the name is empty", "evenhand audit");
  }

  @Test
  void an_audit_wants_exactly_one_source_of_answers() {
    String sentence =
        "Name exactly one source of answers: --model, --scores-column or --predictions-column.";

    assertThat(run(AUDIT)).refusesUsage(sentence, "evenhand audit");
    assertThat(run(AUDIT, "--model", "m.onnx", "--scores-column", "s"))
        .refusesUsage(sentence, "evenhand audit");
  }

  @Test
  void erasing_wants_a_model() {
    assertThat(
            Cli.run("erase", "--data", "d", "--target", "t", "--attribute", "a", "--out", "f.onnx"))
        .refusesUsage("A model is needed: name its file or URL with --model.", "evenhand erase");
  }

  @Test
  void help_names_every_estimator() {
    String help = Cli.run("erase", "--help").out();

    assertThat(Estimator.all()).extracting(Estimator::code).allMatch(help::contains);
  }

  @ParameterizedTest
  @MethodSource("valuesOutOfRange")
  void a_value_out_of_range_is_refused_before_any_work(
      String option, String value, String sentence) {
    assertThat(run(ERASE, option, value)).refusesUsage(sentence, "evenhand erase");
  }

  private static Stream<Object[]> valuesOutOfRange() {
    return Stream.of(
        refused("--threads", "0", "--threads is 0; it must be at least 1."),
        refused(
            "--threads",
            "two",
            "Invalid value for option '--threads': 'two' is not a whole number"),
        refused("--batch-size", "0", "The batch size is 0; it must be at least 1."),
        refused("--threshold", "1", "The threshold is 1.0; it must lie strictly between 0 and 1."),
        refused(
            "--strength",
            "1.5",
            "Invalid value for option '--strength': 1.5 is more than the whole; write 0.015 or 1.5%"),
        refused("--strength", "-1", "The strength is -1.0; it must lie between 0 and 1."),
        refused(
            "--tolerance",
            "five",
            "Invalid value for option '--tolerance': 'five' is not a number, such as 0.05"),
        refused(
            "--max-accuracy-loss",
            "0.05",
            "Invalid value for option '--max-accuracy-loss': 0.05 looks like a fraction, but points are expected: write 5 for 5 points, or 0.05% if so little is meant"),
        refused(
            "--seed",
            "99999999999999999999",
            "Invalid value for option '--seed': '99999999999999999999' is not a whole number from -9223372036854775808 to 9223372036854775807"),
        refused("--folds", "1", "Cross-validation needs at least 2 folds, but 1 were asked for."),
        refused(
            "--estimator",
            "P2",
            "There is no estimator 'P2'; choose one of C2, P1, P3, P3b, S1, S2, S3, S4."),
        refused(
            "--test-fraction",
            "1",
            "--test-fraction is 1.0; it must lie strictly between 0 and 1."));
  }

  private static Object[] refused(String option, String value, String sentence) {
    return new Object[] {option, value, sentence};
  }

  @ParameterizedTest
  @CsvSource({"--tolerance, -1", "--min-group-size, 0", "--confidence, 1"})
  void settings_of_the_audit_are_checked_too(String option, String value) {
    Cli.Outcome outcome = run(AUDIT, "--scores-column", "s", option, value);

    assertThat(outcome).exits(2);
    assertThat(outcome.err()).contains(" is " + value, "it must be ");
  }

  @Test
  void a_command_that_is_none_is_answered_with_those_that_are() {
    assertThat(Cli.run("reproduce", "table-1")).exits(2);
    assertThat(Cli.run("reproduce", "table-1").err())
        .startsWith(
            "evenhand: There is no command 'reproduce'; the commands are audit, explain, repair, compare, ");
  }

  @Test
  void a_stack_trace_is_printed_where_asked_for_only() {
    Cli.Outcome quiet = run(AUDIT, "--scores-column", "s");
    Cli.Outcome traced = run(AUDIT, "--scores-column", "s", "--stacktrace");

    assertThat(quiet).refuses("There is no file d.csv.");
    assertThat(traced).exits(3);
    assertThat(traced.err())
        .startsWith("org.evenhand.data.DataException: There is no file d.csv.")
        .contains("\tat org.evenhand.cli.")
        .endsWith("evenhand: There is no file d.csv.\n");
    assertThat(Cli.run(Stream.concat(Stream.of("--stacktrace"), AUDIT.stream()).toList()).err())
        .contains("\tat ");
  }
}
