package org.evenhand.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The sections of a help that are ours: options and commands under headings, examples that can be
 * pasted.
 *
 * @param headings of options, in the order in which they are listed
 * @param groups of commands by their headings
 */
record HelpSections(List<String> headings, Map<String, List<String>> groups) {
  /** The column in which options are described. */
  private static final int DESCRIPTIONS = 29;

  /** Makes a command and its subcommands print them. */
  void install(CommandLine line) {
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, HelpSections::synopsisHeading);
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING, help -> "%n".formatted());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, this::options);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::commands);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, HelpSections::examplesHeading);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpSections::examples);
    line.setHelpSectionMap(sections);
    List<String> order = new ArrayList<>(line.getHelpSectionKeys());
    order.remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST);
    order.add(
        order.indexOf(UsageMessageSpec.SECTION_KEY_COMMAND_LIST) + 1,
        UsageMessageSpec.SECTION_KEY_OPTION_LIST);
    line.setHelpSectionKeys(order);
  }

  private String options(Help help) {
    StringBuilder text = new StringBuilder();
    Headings.of(help.commandSpec(), headings)
        .forEach((heading, options) -> text.append(heading(heading)).append(list(help, options)));
    return text.toString();
  }

  /** Breaks lines at blanks only, where picocli's list breaks names of files and values too. */
  private static String list(Help help, List<OptionSpec> options) {
    int width = help.commandSpec().usageMessage().width();
    StringBuilder text = new StringBuilder();
    for (OptionSpec option : options) {
      String typed = typed(option);
      List<String> lines =
          Lines.of(String.join(" ", option.description()), width - DESCRIPTIONS - 1);
      boolean beside = typed.length() < DESCRIPTIONS - 1;
      text.append(beside ? "" : typed + "\n");
      for (int i = 0; i < lines.size(); i++) {
        String before = beside && i == 0 ? typed : "";
        text.append(before).append(" ".repeat(DESCRIPTIONS - before.length()));
        text.append(lines.get(i)).append('\n');
      }
    }
    return text.toString();
  }

  /** The names of an option with what its value is. */
  static String typed(OptionSpec option) {
    String names = String.join(", ", option.names());
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    return (option.shortestName().startsWith("--") ? "      " : "  ")
        + names
        + (option.arity().min() == 0 && !value.isEmpty() ? "[" + value + "]" : value);
  }

  private String commands(Help help) {
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (heading, names) -> {
          Map<String, Help> group = new LinkedHashMap<>();
          for (String name : names) {
            Help command = left.remove(name);
            if (command != null) {
              group.put(name, command);
            }
          }
          text.append(list(help, heading, group));
        });
    return text + list(help, "Commands", left);
  }

  private static String list(Help help, String heading, Map<String, Help> commands) {
    return commands.isEmpty() ? "" : heading(heading) + help.commandList(commands);
  }

  private static String synopsisHeading(Help help) {
    boolean first = help.commandSpec().usageMessage().header().length == 0;
    return (first ? "" : System.lineSeparator()) + "Usage: ";
  }

  private static String examplesHeading(Help help) {
    return Examples.footer(help.commandSpec()).isEmpty() ? "" : heading("Examples");
  }

  private static String examples(Help help) {
    CommandSpec command = help.commandSpec();
    return Examples.wrapped(command, command.usageMessage().width());
  }

  private static String heading(String text) {
    return "%n%s:%n".formatted(text);
  }
}
