package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Progress;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Harm;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairGoals;
import org.evenhand.repair.RepairJudgement;
import org.evenhand.terminal.ExitCode;
import org.evenhand.workflow.RepairFiles;
import org.evenhand.workflow.RepairRequest;
import org.evenhand.workflow.RepairRun;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every command that repairs has in common: how a repair is measured and handed over. */
final class RepairOptions {
  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Share of the rows held out to measure on, where the table has no test split (default ${DEFAULT-VALUE}).")
  private double testFraction;

  @Option(
      names = "--lower",
      paramLabel = "FIGURE",
      description =
          "What the repair is for: model-bias, largest-gap or counterfactual-bias; by default model-bias, for unlearn counterfactual-bias. May be given several times.")
  private List<String> lower = new ArrayList<>();

  @Option(
      names = "--raise",
      paramLabel = "FIGURE",
      description =
          "What the repair is for: worst-group or average-group accuracy. May be given several times.")
  private List<String> raise = new ArrayList<>();

  @Option(
      names = "--refuse",
      paramLabel = "HARM",
      split = ",",
      description =
          "Decline a repair that does this: accuracy, average-group, worst-group, impact-ratio, one-way, calibration or attribute.")
  private List<String> refuse = new ArrayList<>();

  @Option(
      names = "--accept-unproven",
      description =
          "Write a repair although the rows to measure on leave open whether it does what it is for.")
  private boolean acceptUnproven;

  @Option(names = "--overwrite", description = "Replace files of the same names.")
  private boolean overwrite;

  @Option(names = "--force", description = "Write the model even if the repair is declined.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /**
   * What is asked for.
   *
   * @param subject the model with its rows
   * @param method makes the method
   * @param maxAccuracyLoss that it may cost on the rows to measure on, as a fraction; empty for any
   * @param judgement of the audits before and after
   * @param threads that may work at once
   * @param files where the result goes
   * @param command that asks
   */
  RepairRequest request(
      RepairRequest.Subject subject,
      Function<Progress, Repair> method,
      OptionalDouble maxAccuracyLoss,
      AuditSettings judgement,
      int threads,
      RepairFiles files,
      CommandSpec command) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new CliException(
          "--test-fraction is %s; it must lie strictly between 0 and 1.".formatted(testFraction));
    }
    return new RepairRequest(
        command.name(),
        subject,
        method,
        new RepairGoals(
            aims(subject),
            maxAccuracyLoss,
            refuse.stream().map(Harm.Code::of).collect(Collectors.toSet()),
            acceptUnproven),
        judgement,
        testFraction,
        threads,
        files,
        overwrite,
        force);
  }

  /** What the repair is for; by default what suits the access to the model. */
  List<Aim> aims(RepairRequest.Subject subject) {
    List<Aim> aims = new ArrayList<>();
    lower.forEach(figure -> aims.add(Aim.of(figure, false)));
    raise.forEach(figure -> aims.add(Aim.of(figure, true)));
    if (aims.isEmpty()) {
      aims.add(subject instanceof RepairRequest.Opened ? Aim.COUNTERFACTUAL_BIAS : Aim.MODEL_BIAS);
    }
    return aims;
  }

  /**
   * Repairs, and says what came of it.
   *
   * @param request what is asked for
   * @param seed of every random draw
   * @param command that asks
   * @return the command's exit code
   */
  int run(RepairRequest request, long seed, CommandSpec command) {
    PrintWriter err = command.commandLine().getErr();
    RepairRun run = RepairRun.of(request, Invocations.of(command, seed), new TerminalNotes(err));
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(run.evidence(), run.files()));
    } else {
      new RepairText(out).print(run);
    }
    out.flush();
    return conclude(run, err);
  }

  /** Says why a repair was declined, after everything else has been printed. */
  private static int conclude(RepairRun run, PrintWriter err) {
    RepairJudgement judgement = run.record().judgement();
    Optional<String> declined = judgement.declined();
    declined.ifPresent(
        reason -> {
          err.printf(
              "evenhand: repair declined: %s%s%n",
              reason,
              run.written() ? " Written all the same, as --force asks." : " No model was written.");
          // What the method itself says against a repair is no matter of its aim.
          judgement.instead().stream()
              .filter(aim -> run.record().proposal().declined().isEmpty() && !run.written())
              .forEach(
                  aim ->
                      err.printf(
                          "evenhand: to have it written for what it is shown to do: %s %s%n",
                          aim.rises() ? "--raise" : "--lower", aim.code()));
          err.flush();
        });
    return run.written() ? ExitCode.DONE : ExitCode.DECLINED;
  }
}
