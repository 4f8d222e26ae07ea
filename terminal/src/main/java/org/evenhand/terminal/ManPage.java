package org.evenhand.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evenhand.core.Provenance;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command's manual page in the macros of man(7), from what its help is made from. picocli's own
 * generator writes AsciiDoc, which takes another converter to become a page.
 */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /**
   * The page.
   *
   * @param command whose page it is
   * @param headings of options, in the order in which they are listed
   */
  static String of(CommandSpec command, List<String> headings) {
    ManPage page = new ManPage();
    String name = command.qualifiedName("-");
    page.line(
        ".TH \"%s\" 1 \"\" \"Evenhand %s\" \"Evenhand\"",
        name.toUpperCase(Locale.ROOT), Provenance.evenhandVersion());
    // Neither hyphens in options nor stretched blanks.
    page.line(".nh");
    page.line(".ad l");
    page.section("NAME");
    page.text(name + " - " + first(command.usageMessage().header()));
    page.section("SYNOPSIS");
    // In a help, lines after the first are below its "Usage: ".
    page.verbatim(command.commandLine().getHelp().synopsis(0).replaceAll("(?m)^ {7}", ""));
    page.section("DESCRIPTION");
    page.paragraphs(command.usageMessage().description());
    page.commands(command);
    page.section("OPTIONS");
    Headings.of(command, headings).forEach(page::options);
    page.examples(command);
    page.exitCodes(command.root());
    return page.page.toString();
  }

  private void commands(CommandSpec command) {
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.usageMessage().hidden())
        .forEach(each -> item(each.name(), first(each.usageMessage().header())));
  }

  private void options(String heading, List<OptionSpec> options) {
    line(".SS %s", escaped(heading));
    for (OptionSpec option : options) {
      item(HelpSections.typed(option).strip(), String.join(" ", option.description()));
    }
  }

  private void examples(CommandSpec command) {
    if (!Examples.footer(command).isEmpty()) {
      section("EXAMPLES");
      verbatim(Examples.wrapped(command, Screen.USUAL_WIDTH - 14));
    }
  }

  private void exitCodes(CommandSpec root) {
    Map<String, String> codes = root.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      section("EXIT STATUS");
      codes.forEach(this::item);
    }
  }

  private void section(String title) {
    line(".SH %s", title);
  }

  private void item(String name, String description) {
    line(".TP");
    line("\\fB%s\\fR", escaped(name));
    text(description);
  }

  private void paragraphs(String[] texts) {
    for (String text : texts) {
      line(".PP");
      text(text);
    }
  }

  private void verbatim(String text) {
    line(".nf");
    text.lines().forEach(this::text);
    line(".fi");
  }

  /** A point or an apostrophe at its beginning would make a line a macro. */
  private void text(String text) {
    line("%s%s", text.matches("(?s)[.'].*") ? "\\&" : "", escaped(text));
  }

  private void line(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String first(String[] texts) {
    return texts.length == 0 ? "" : texts[0];
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
