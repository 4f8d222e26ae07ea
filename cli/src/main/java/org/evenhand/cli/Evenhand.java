package org.evenhand.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.evenhand.terminal.Colour;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Program;
import org.evenhand.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code evenhand} command. */
@Command(
    name = "evenhand",
    description = "Audits a trained classifier for bias, and removes the bias without retraining.",
    customSynopsis = {"evenhand COMMAND [OPTIONS]", "       evenhand help COMMAND"},
    footer = {
      "See it work; then measure a model of your own:",
      "evenhand demo",
      "evenhand audit --model model.onnx --data rows.csv --target COLUMN --attribute COLUMN",
      "evenhand help audit"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:an attribute is BIASED, with --fail-on-bias",
      "2:wrong usage",
      "3:bad input",
      "4:internal error",
      "5:repair declined: nothing written unless --force"
    })
public final class Evenhand extends Program implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  protected Map<String, Supplier<?>> subcommands() {
    Map<String, Supplier<?>> commands = new LinkedHashMap<>();
    commands.put("audit", AuditCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("repair", RepairCommand::new);
    commands.put("compare", CompareCommand::new);
    commands.put("erase", EraseCommand::new);
    commands.put("unlearn", UnlearnCommand::new);
    commands.put("explain-decision", ExplainDecisionCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("train", TrainCommand::new);
    return commands;
  }

  @Override
  protected Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Measure bias, and find where it comes from", List.of("audit", "explain"));
    groups.put(
        "Remove it without retraining",
        List.of("repair", "compare", "erase", "unlearn", "explain-decision"));
    groups.put("Try it out", List.of("demo", "train"));
    groups.put("Get help", List.of("help", "completion"));
    return groups;
  }

  @Override
  protected List<String> headings() {
    return Heading.ORDER;
  }

  @Override
  protected Map<String, String> otherCommands() {
    return OtherWords.COMMANDS;
  }

  @Override
  protected Map<String, String> otherOptions() {
    return OtherWords.OPTIONS;
  }

  @Override
  protected Map<Pattern, Colour> colours() {
    return Map.of(
        Pattern.compile("\\bBIASED\\b|^Harm \\([\\w-]+\\)|^Worse:|below four fifths"), Colour.RED,
        Pattern.compile("\\bWITHIN_TOLERANCE\\b|^Shown:"), Colour.GREEN,
        Pattern.compile("\\bINSUFFICIENT_EVIDENCE\\b|^Open:|repair declined"), Colour.YELLOW);
  }

  /** Without a command there is nothing to do: its user wants to know which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    run(Evenhand::new, arguments);
  }

  /** The command with its error handling; output goes to the streams set on it. */
  static CommandLine commandLine(String... arguments) {
    return new Evenhand().line(arguments);
  }
}
