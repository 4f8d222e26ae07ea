package org.evenhand.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.evenhand.core.CoreException;
import org.evenhand.core.Setting;
import org.evenhand.terminal.OptionNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Libraries say what is wrong, the command adds which of its options would help. */
class OptionNamesTest {
  private static final CommandLine COMMANDS = Evenhand.commandLine();

  private static CommandSpec command(String name) {
    return requireNonNull(COMMANDS.getSubcommands().get(name)).getCommandSpec();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void every_setting_is_an_option_of_a_command(Setting setting) {
    Stream<CommandLine> commands = COMMANDS.getSubcommands().values().stream();

    assertThat(commands)
        .anyMatch(
            command -> command.getCommandSpec().optionsMap().containsKey(OptionNames.of(setting)));
  }

  @Test
  void the_options_that_help_end_the_sentence() {
    CoreException error = new CoreException("It is so; do this.", Setting.FEATURES, Setting.OUTPUT);

    assertThat(OptionNames.sentence(error, command("audit")))
        .isEqualTo("It is so; do this (--features, --output).");
  }

  @Test
  void an_option_that_the_command_does_not_have_is_not_named() {
    CoreException error = new CoreException("It is so; do this.", Setting.HEAD_LAYERS);

    assertThat(OptionNames.sentence(error, command("unlearn")))
        .isEqualTo("It is so; do this (--head-layers).");
    assertThat(OptionNames.sentence(error, command("audit"))).isEqualTo("It is so; do this.");
  }
}
