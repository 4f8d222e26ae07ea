package org.evenhand.cli;

import java.io.PrintWriter;
import org.evenhand.core.EvenhandException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code evenhand} command. */
@Command(
    name = "evenhand",
    description = "Audits a trained classifier for bias and removes the bias without retraining.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AuditCommand.class,
      EraseCommand.class,
      DemoCommand.class,
      ReproduceCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:an attribute is BIASED, with --fail-on-bias",
      "2:wrong usage",
      "3:bad input",
      "4:internal error",
      "5:repair declined: nothing written unless --force"
    })
public final class Evenhand implements Runnable {
  @Option(
      names = "--stacktrace",
      description = "Print the stack trace of an error.",
      scope = ScopeType.INHERIT)
  private boolean stacktrace;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name a command: audit, erase, demo or reproduce.");
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with its error handling; output goes to the streams set on it. */
  static CommandLine commandLine() {
    Evenhand evenhand = new Evenhand();
    CommandLine line = new CommandLine(evenhand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Evenhand::wrongUsage);
    line.setExecutionExceptionHandler((e, command, parsed) -> evenhand.failed(e, command));
    return line;
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "evenhand: %s%nTry '%s --help'.%n",
            e.getMessage(), command.getCommandSpec().qualifiedName());
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (stacktrace) {
      e.printStackTrace(err);
    }
    if (e instanceof EvenhandException) {
      err.printf("evenhand: %s%n", e.getMessage());
      err.flush();
      return ExitCode.BAD_INPUT;
    }
    err.printf(
        "evenhand: internal error: %s. Please report it with the output of --stacktrace.%n", e);
    err.flush();
    return ExitCode.INTERNAL;
  }
}
