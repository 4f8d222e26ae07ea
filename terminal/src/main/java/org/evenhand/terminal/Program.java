package org.evenhand.terminal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.evenhand.core.EvenhandException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A program of ours with a command line, which may have subcommands. Whatever goes wrong is one
 * sentence on standard error and an {@link ExitCode}; a stack trace is printed where it is asked
 * for only.
 */
public abstract class Program {
  @Option(
      names = "--stacktrace",
      description = "Print the stack trace of an error.",
      scope = ScopeType.INHERIT)
  private boolean stacktrace;

  /** For subclasses, which picocli's annotations describe. */
  protected Program() {}

  /**
   * The subcommands by name, in the order of the help; none by default.
   *
   * @return what makes each
   */
  protected Map<String, Supplier<?>> subcommands() {
    return Map.of();
  }

  /**
   * Runs a program and ends the process with its exit code.
   *
   * @param program makes it
   * @param arguments the command line
   */
  protected static void run(Supplier<? extends Program> program, String[] arguments) {
    int exitCode = ExitCode.INTERNAL;
    try {
      exitCode = program.get().line(arguments).execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.");
    } catch (Error e) {
      System.err.printf("evenhand: internal error: %s.%n", e);
    }
    System.exit(exitCode);
  }

  /**
   * The command line with its error handling; output goes to the streams set on it.
   *
   * @param arguments that it will execute: a subcommand that they begin with is the only one made,
   *     because describing all of them takes a fifth of a small run
   * @return a new one
   */
  public final CommandLine line(String... arguments) {
    CommandLine line = new CommandLine(this);
    Map<String, Supplier<?>> all = subcommands();
    Set<String> needed =
        arguments.length > 0 && all.containsKey(arguments[0]) ? Set.of(arguments[0]) : all.keySet();
    all.forEach(
        (name, command) -> {
          if (needed.contains(name)) {
            line.addSubcommand(name, command.get());
          }
        });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(String.class, text -> requireNotEmpty(text));
    line.registerConverter(Path.class, text -> Path.of(requireNotEmpty(text)));
    line.setParameterExceptionHandler((e, typed) -> wrongUsage(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    return line;
  }

  /** Whether a stack trace is to be printed with an error. */
  public final boolean stacktrace() {
    return stacktrace;
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

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String typed = unmatched.getUnmatched().get(0);
      CommandLine command = e.getCommandLine();
      return command.getSubcommands().isEmpty()
          ? "'%s' belongs to no option.".formatted(typed)
          : "There is no command '%s'; the commands are %s.".formatted(typed, commands(command));
    }
    return String.valueOf(e.getMessage());
  }

  /**
   * The names of the subcommands, as they are listed in a sentence.
   *
   * @param line that has them
   */
  protected static String commands(CommandLine line) {
    return String.join(", ", line.getSubcommands().keySet());
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
