package org.evenhand.terminal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
    CommandLine program = spec.parent().commandLine();
    CommandLine asked = command.isEmpty() ? program : program.getSubcommands().get(command.get());
    if (asked == null) {
      throw new UnmatchedArgumentException(program, List.of(command.orElseThrow()));
    }
    program.getOut().print(ManPage.of(asked.getCommandSpec(), headings));
    program.getOut().flush();
    return ExitCode.DONE;
  }
}
