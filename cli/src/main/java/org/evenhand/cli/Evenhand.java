package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.evenhand.core.EvenhandException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code evenhand} command. */
@Command(
    name = "evenhand",
    description = "Audits a trained classifier for bias and removes the bias without retraining.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AuditCommand.class,
      EraseCommand.class,
      ExplainCommand.class,
      UnlearnCommand.class,
      ExplainDecisionCommand.class,
      TrainCommand.class,
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
    throw new ParameterException(spec.commandLine(), "Name a command: " + commands() + ".");
  }

  private String commands() {
    return String.join(", ", spec.subcommands().keySet());
  }

  boolean stacktrace() {
    return stacktrace;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    int exitCode = ExitCode.INTERNAL;
    try {
      exitCode = commandLine().execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.");
    } catch (Error e) {
      System.err.printf("evenhand: internal error: %s.%n", e);
    }
    System.exit(exitCode);
  }

  /** The command with its error handling; output goes to the streams set on it. */
  static CommandLine commandLine() {
    Evenhand evenhand = new Evenhand();
    CommandLine line = new CommandLine(evenhand);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(String.class, text -> requireNotEmpty(text));
    line.registerConverter(Path.class, text -> Path.of(requireNotEmpty(text)));
    line.setParameterExceptionHandler((e, arguments) -> evenhand.wrongUsage(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> evenhand.failed(e, command));
    return line;
  }

  private static String requireNotEmpty(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the name is empty");
    }
    return text;
  }

  private int wrongUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    if (stacktrace) {
      e.printStackTrace(err);
    }
    err.printf(
        "evenhand: %s%nTry '%s --help'.%n", message(e), command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  private String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String typed = unmatched.getUnmatched().get(0);
      return e.getCommandLine() == spec.commandLine()
          ? "There is no command '%s'; the commands are %s.".formatted(typed, commands())
          : "'%s' belongs to no option.".formatted(typed);
    }
    return String.valueOf(e.getMessage());
  }

  private int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (stacktrace) {
      e.printStackTrace(err);
    }
    if (e instanceof EvenhandException error) {
      err.printf("evenhand: %s%n", OptionNames.sentence(error, command.getCommandSpec()));
      err.flush();
      return ExitCode.BAD_INPUT;
    }
    err.printf(
        "evenhand: internal error: %s. Please report it with the output of --stacktrace.%n", e);
    err.flush();
    return ExitCode.INTERNAL;
  }
}
