package org.evenhand.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenhand.core.EvenhandException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * A program of ours with a command line, which may have subcommands. Whatever goes wrong is one
 * sentence on standard error and an {@link ExitCode}; a stack trace is printed where it is asked
 * for only.
 */
public abstract class Program {
  private static final String NO_MEMORY =
      "evenhand: there is not enough memory; allow more with EVENHAND_JAVA_OPTS=-Xmx8g.";

  private static final int NARROWEST_HELP = 60;
  private static final int WIDEST_HELP = 120;
  private static final Map<Pattern, Colour> WARNINGS =
      Map.of(Pattern.compile("(?<=^evenhand: )warning:"), Colour.YELLOW);

  private boolean redErrors;

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
   * The subcommands' names by what users want to do, as the help lists them; by default in one
   * list.
   *
   * @return the names by heading
   */
  protected Map<String, List<String>> groups() {
    return Map.of();
  }

  /**
   * The headings of options in the order in which the help lists them ({@link Under}); by default
   * that of their first options.
   */
  protected List<String> headings() {
    return List.of();
  }

  /**
   * Words that people use for subcommands, such as those of other tools.
   *
   * @return what they are called here
   */
  protected Map<String, String> otherCommands() {
    return Map.of();
  }

  /**
   * Words that people use for options, such as those of other tools, without dashes.
   *
   * @return what they are called here
   */
  protected Map<String, String> otherOptions() {
    return Map.of();
  }

  /**
   * What a terminal shows in colour on standard output.
   *
   * @return the colours of what matches these patterns
   */
  protected Map<Pattern, Colour> colours() {
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
      Program made = program.get();
      CommandLine line = made.line(arguments);
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
      if (asksForHelp(arguments)) {
        int width = Screen.width(Screen.showsOutput());
        line.setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, width)));
      }
      boolean colours = Screen.wantsColours(System.getenv());
      made.redErrors = colours && Screen.showsErrors();
      Writer out = writer(System.out);
      Writer err = writer(System.err);
      line.setOut(
          new PrintWriter(
              Printable.writer(
                  colours && Screen.showsOutput() ? new ColouredWriter(out, made.colours()) : out),
              true));
      line.setErr(new PrintWriter(made.redErrors ? new ColouredWriter(err, WARNINGS) : err, true));
      exitCode = line.execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(NO_MEMORY);
    } catch (Error e) {
      System.err.printf("evenhand: internal error: %s.%n", e);
    }
    System.exit(exitCode);
  }

  private static Writer writer(PrintStream stream) {
    Charset charset = isAsciiOnly() ? StandardCharsets.UTF_8 : Charset.defaultCharset();
    return new OutputStreamWriter(stream, charset);
  }

  private static boolean asksForHelp(String[] arguments) {
    return arguments.length == 0
        || arguments[0].equals("help")
        || Stream.of(arguments).anyMatch(Set.of("--help", "-h")::contains);
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
    CommandLine line = new ConfiguredCommandLine(this, misspelt());
    Map<String, Supplier<?>> all = subcommands();
    if (arguments.length > 0 && all.containsKey(arguments[0])) {
      line.addSubcommand(arguments[0], all.get(arguments[0]).get());
    } else if (!all.isEmpty()) {
      all.forEach((name, command) -> line.addSubcommand(name, command.get()));
      line.addSubcommand("help", new HelpCommand());
      line.addSubcommand("completion", new CompletionCommand());
      line.addSubcommand("man", new ManCommand(headings()));
    }
    new HelpSections(headings(), groups()).install(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(String.class, text -> requireNotEmpty(text));
    line.registerConverter(Path.class, Program::path);
    Numbers.install(line);
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

  private Misspelt misspelt() {
    return new Misspelt(otherCommands(), otherOptions());
  }

  private int wrongUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    if (stacktrace) {
      e.printStackTrace(err);
    }
    problem(err, misspelt().sentence(e));
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
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

  private void problem(PrintWriter err, String sentence) {
    err.printf(
        "%s %s%n", redErrors ? Colour.RED.of("evenhand:") : "evenhand:", Printable.of(sentence));
    err.flush();
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
      problem(err, OptionNames.sentence(error, command.getCommandSpec()));
      return ExitCode.BAD_INPUT;
    }
    problem(
        err, "internal error: %s. Please report it with the output of --stacktrace.".formatted(e));
    return ExitCode.INTERNAL;
  }
}
