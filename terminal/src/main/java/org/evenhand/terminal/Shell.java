package org.evenhand.terminal;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as a shell reads them. */
public final class Shell {
  private Shell() {}

  /**
   * A command line that can be pasted into a shell.
   *
   * @param program such as {@code ./evenhand}
   * @param subcommand of it
   * @param arguments as the program received them
   */
  public static String command(String program, String subcommand, List<String> arguments) {
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
