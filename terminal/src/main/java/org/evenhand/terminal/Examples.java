package org.evenhand.terminal;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The examples at the end of a command's help: the lines of its footer that are commands. The other
 * lines say what follows.
 */
public final class Examples {
  private Examples() {}

  /**
   * The commands, as they can be pasted into a shell.
   *
   * @param command whose help has them
   */
  public static List<String> of(CommandSpec command) {
    return footer(command).stream().filter(line -> isCommand(command, line)).toList();
  }

  static List<String> footer(CommandSpec command) {
    return List.of(command.usageMessage().footer());
  }

  static boolean isCommand(CommandSpec command, String line) {
    return line.startsWith(command.root().name() + " ");
  }

  /**
   * The footer in lines that fit; a command that does not fit goes on after a backslash.
   *
   * @param command whose footer it is
   * @param width of a line
   */
  static String wrapped(CommandSpec command, int width) {
    StringBuilder text = new StringBuilder();
    for (String line : footer(command)) {
      if (isCommand(command, line)) {
        // An option stays with its value.
        List<String> lines = Lines.of(line.split(" (?=--)"), width - 4, "  ");
        text.append("  ").append(String.join(" \\\n  ", lines));
      } else {
        text.append(String.join("\n", Lines.of(line, width)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
