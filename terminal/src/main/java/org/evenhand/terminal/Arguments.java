package org.evenhand.terminal;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What the user typed. */
public final class Arguments {
  private Arguments() {}

  /**
   * What follows the subcommand's name; all, where the command is the program itself.
   *
   * @param command that has been parsed
   */
  public static List<String> of(CommandSpec command) {
    List<String> typed = command.commandLine().getParseResult().originalArgs();
    // picocli hands every subcommand the whole line.
    int at = typed.indexOf(command.name());
    return typed.subList(at + 1, typed.size());
  }
}
