package org.evenhand.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code man}: prints the manual page of the program, or of one of its commands, for releases. */
@Command(
    name = "man",
    header = "Prints a manual page, to be read by man.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class ManCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = "The command; without one, the page of the program.")
  private Optional<String> command = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<String> headings;

  /**
   * Prints pages.
   *
   * @param headings of options, in the order in which they are listed
   */
  ManCommand(List<String> headings) {
    this.headings = headings;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.parent().commandLine().getOut();
    out.print(ManPage.of(HelpCommand.named(command, spec).getCommandSpec(), headings));
    out.flush();
    return ExitCode.DONE;
  }
}
