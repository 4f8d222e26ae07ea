package org.evenhand.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * A command line whose options may also stand in a file, {@code --config FILE}. What was typed wins
 * over the file, option by option. What is parsed are the options themselves, so that a run's
 * evidence names all of them.
 */
final class ConfiguredCommandLine extends CommandLine {
  private static final String CONFIG = "--config";

  private final Misspelt misspelt;

  /**
   * A command line of a program.
   *
   * @param program described by annotations
   * @param misspelt answers words that are no option
   */
  ConfiguredCommandLine(Object program, Misspelt misspelt) {
    super(program);
    this.misspelt = misspelt;
    getCommandSpec()
        .addOption(
            OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .scopeType(ScopeType.INHERIT)
                .description(
                    "Read options from a YAML file, by their names without dashes; those on the command line win.")
                .build());
  }

  @Override
  public ParseResult parseArgs(String... typed) {
    List<String> arguments = new ArrayList<>(Arrays.asList(typed));
    Optional<String> file = takeConfig(arguments);
    if (file.isEmpty()) {
      return super.parseArgs(typed);
    }
    int at = indexOfCommand(arguments);
    CommandLine command = at < 0 ? this : getSubcommands().getOrDefault(arguments.get(at), this);
    ConfigFile config = ConfigFile.read(file.get(), command, misspelt);
    List<String> all = new ArrayList<>(arguments);
    all.addAll(at + 1, config.arguments(arguments));
    try {
      return super.parseArgs(all.toArray(String[]::new));
    } catch (ParameterException e) {
      throw config.located(e, arguments);
    }
  }

  /** Removes the option and its file from a command line. */
  private Optional<String> takeConfig(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).startsWith(CONFIG + "=")) {
        return Optional.of(arguments.remove(i).substring(CONFIG.length() + 1));
      }
      if (arguments.get(i).equals(CONFIG) && i + 1 < arguments.size()) {
        arguments.remove(i);
        return Optional.of(arguments.remove(i));
      }
    }
    return Optional.empty();
  }

  private int indexOfCommand(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (getSubcommands().containsKey(arguments.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
