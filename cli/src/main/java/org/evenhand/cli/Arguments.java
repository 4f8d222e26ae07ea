package org.evenhand.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What the user typed after the subcommand's name. */
final class Arguments {
  private Arguments() {}

  static List<String> of(CommandSpec command) {
    List<String> typed = command.commandLine().getParseResult().originalArgs();
    // picocli hands every subcommand the whole line.
    int at = typed.indexOf(command.name());
    return typed.subList(at + 1, typed.size());
  }
}
