package org.evenhand.terminal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a word that is no command or option with the one that was probably meant.
 *
 * @param commands words that people use for commands, with what they are called here
 * @param options words that people use for options, without dashes, with what they are called here
 */
record Misspelt(Map<String, String> commands, Map<String, String> options) {
  /**
   * The sentence that says what is wrong with a command line.
   *
   * @param error of the parser
   */
  String sentence(ParameterException error) {
    CommandLine command = error.getCommandLine();
    // What is missing may only be misspelt.
    if (error instanceof MissingParameterException) {
      for (String left : command.getUnmatchedArguments()) {
        if (looksLikeOption(left)) {
          return option(left, command);
        }
      }
    }
    if (error instanceof UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().get(0);
      if (looksLikeOption(typed)) {
        return option(typed, command);
      }
      return command.getSubcommands().isEmpty()
          ? "'%s' belongs to no option.%s".formatted(typed, meantOption(typed, command))
          : command(typed, command);
    }
    return String.valueOf(error.getMessage());
  }

  /** Some pages make one long dash of two. */
  private static boolean looksLikeOption(String typed) {
    return typed.matches("[-\\u2012-\\u2015].*");
  }

  private String command(String typed, CommandLine program) {
    return "There is no command '%s'; the commands are %s.%s"
        .formatted(
            typed, String.join(", ", names(program)), meant(typed, names(program), commands, ""));
  }

  private String option(String typed, CommandLine command) {
    String name = typed.replaceFirst("=.*", "");
    return "There is no option '%s'.%s".formatted(name, meantOption(name, command));
  }

  /**
   * A question to follow a sentence; empty if nothing is near.
   *
   * @param typed with or without dashes
   * @param command that was run
   */
  String meantOption(String typed, CommandLine command) {
    return meant(
        typed.replaceFirst("=.*", ""),
        command.getCommandSpec().optionsMap().keySet(),
        options,
        "--");
  }

  /** A question to follow a sentence; empty if nothing is near. */
  private static String meant(
      String typed, Collection<String> known, Map<String, String> others, String dashes) {
    String word =
        typed.replaceFirst("^[-\\u2012-\\u2015]+", "").replace('_', '-').toLowerCase(Locale.ROOT);
    return Optional.ofNullable(others.get(word))
        .filter(name -> known.contains(name.replaceFirst(" .*", "")))
        .or(() -> Spelling.nearest(dashes + word, known))
        .map(" Did you mean '%s'?"::formatted)
        .orElse("");
  }

  /** Of the commands that the help lists. */
  private static List<String> names(CommandLine program) {
    List<String> names = new ArrayList<>();
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                names.add(name);
              }
            });
    return names;
  }
}
