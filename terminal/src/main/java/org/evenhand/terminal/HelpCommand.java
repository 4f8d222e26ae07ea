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

/** {@code help}: prints the help of the program, or of one of its commands. */
@Command(
    name = "help",
    header = "Prints the help of a command.",
    mixinStandardHelpOptions = true,
    helpCommand = true)
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = "The command; without one, all are listed.")
  private Optional<String> command = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    named(command, spec).usage(spec.parent().commandLine().getOut());
    return ExitCode.DONE;
  }

  /**
   * The command of a name, or the program if there is none.
   *
   * @param name that was typed
   * @param command of a command beside it
   * @throws UnmatchedArgumentException if there is no such command
   */
  static CommandLine named(Optional<String> name, CommandSpec command) {
    CommandLine program = command.parent().commandLine();
    CommandLine asked = name.isEmpty() ? program : program.getSubcommands().get(name.get());
    if (asked == null) {
      throw new UnmatchedArgumentException(program, List.of(name.orElseThrow()));
    }
    return asked;
  }
}
