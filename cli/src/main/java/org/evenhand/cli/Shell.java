package org.evenhand.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as a shell reads them. */
final class Shell {
  private Shell() {}

  /** A command line that can be pasted into a shell. */
  static String command(String program, String subcommand, List<String> arguments) {
    return program
        + " "
        + subcommand
        + arguments.stream().map(argument -> " " + quoted(argument)).collect(Collectors.joining());
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
