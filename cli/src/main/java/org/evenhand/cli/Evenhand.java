package org.evenhand.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.evenhand.terminal.Program;
import org.evenhand.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code evenhand} command. */
@Command(
    name = "evenhand",
    description = "Audits a trained classifier for bias and removes the bias without retraining.",
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
public final class Evenhand extends Program implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  protected Map<String, Supplier<?>> subcommands() {
    Map<String, Supplier<?>> commands = new LinkedHashMap<>();
    commands.put("audit", AuditCommand::new);
    commands.put("repair", RepairCommand::new);
    commands.put("compare", CompareCommand::new);
    commands.put("erase", EraseCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("unlearn", UnlearnCommand::new);
    commands.put("explain-decision", ExplainDecisionCommand::new);
    commands.put("train", TrainCommand::new);
    commands.put("demo", DemoCommand::new);
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name a command: " + commands(spec.commandLine()) + ".");
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
