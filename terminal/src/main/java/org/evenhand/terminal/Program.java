package org.evenhand.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
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
  private static final String NO_MEMORY =
      "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.";

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
      writeUtf8();
      CommandLine line = program.get().line(arguments);
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
      line.setOut(new PrintWriter(Printable.writer(writer(System.out)), true));
      line.setErr(writer(System.err));
      exitCode = line.execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(NO_MEMORY);
    } catch (Error e) {
      System.err.printf("evenhand: internal error: %s.%n", e);
    }
    System.exit(exitCode);
  }

  private static PrintWriter writer(PrintStream stream) {
    Charset charset = isAsciiOnly() ? StandardCharsets.UTF_8 : Charset.defaultCharset();
    return new PrintWriter(new OutputStreamWriter(stream, charset), true);
  }

  private static boolean isAsciiOnly() {
    return Charset.defaultCharset().equals(StandardCharsets.US_ASCII);
  }

  /** In the locale C, Java would write a question mark for every letter beyond ASCII. */
  private static void writeUtf8() {
    if (isAsciiOnly()) {
      System.setOut(
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
      System.setErr(
          new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
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
    line.registerConverter(Path.class, Program::path);
    line.setParameterExceptionHandler((e, typed) -> wrongUsage(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    return line;
  }

  /** Whether a stack trace is to be printed with an error. */
  public final boolean stacktrace() {
    return stacktrace;
  }

  private static Path path(String text) {
    try {
      return Path.of(requireNotEmpty(text));
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'%s' is no name of a file here (%s); where it has characters beyond ASCII, set LC_ALL=C.UTF-8"
              .formatted(text, e.getReason()));
    }
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
        "evenhand: %s%nTry '%s --help'.%n",
        Printable.of(message(e)), command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e) {
    CommandLine command = e.getCommandLine();
    // What is missing may only be misspelt.
    if (e instanceof MissingParameterException) {
      for (String left : command.getUnmatchedArguments()) {
        if (left.startsWith("-")) {
          return unknownOption(left, command);
        }
      }
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        return unknownOption(typed, command);
      }
      return command.getSubcommands().isEmpty()
          ? "'%s' belongs to no option.".formatted(typed)
          : "There is no command '%s'; the commands are %s.%s"
              .formatted(
                  typed,
                  commands(command),
                  Spelling.question(typed, command.getSubcommands().keySet()));
    }
    return String.valueOf(e.getMessage());
  }

  private static String unknownOption(String typed, CommandLine command) {
    String name = typed.replaceFirst("=.*", "");
    return "There is no option '%s'.%s"
        .formatted(name, Spelling.question(name, command.getCommandSpec().optionsMap().keySet()));
  }

  /**
   * The names of the subcommands, as they are listed in a sentence.
   *
   * @param line that has them
   */
  protected static String commands(CommandLine line) {
    return String.join(", ", line.getSubcommands().keySet());
  }

  /** Libraries of others wrap it into an exception of theirs, which we take for bad input. */
  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (stacktrace) {
      e.printStackTrace(err);
    }
    if (isOutOfMemory(e)) {
      err.println(NO_MEMORY);
      err.flush();
      return ExitCode.INTERNAL;
    }
    if (e instanceof EvenhandException error) {
      err.printf(
          "evenhand: %s%n", Printable.of(OptionNames.sentence(error, command.getCommandSpec())));
      err.flush();
      return ExitCode.BAD_INPUT;
    }
    err.printf(
        "evenhand: internal error: %s. Please report it with the output of --stacktrace.%n",
        Printable.of(e.toString()));
    err.flush();
    return ExitCode.INTERNAL;
  }
}
