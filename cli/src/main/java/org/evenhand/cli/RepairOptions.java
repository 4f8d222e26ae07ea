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
import org.evenhand.evidence.Presentation;
import org.evenhand.evidence.Summary;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Harm;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairGoals;
import org.evenhand.repair.RepairJudgement;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.RepairFiles;
import org.evenhand.workflow.RepairRequest;
import org.evenhand.workflow.RepairRun;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every command that repairs has in common: how a repair is measured and handed over. */
@Under(Heading.GOAL)
final class RepairOptions {
  @Mixin private AimOptions aim = new AimOptions();
  @Mixin private OutcomeOptions outcome = new OutcomeOptions();
  @Mixin private PresentationOptions presentation = new PresentationOptions();
  @Mixin private PicturesOption pictures = new PicturesOption();
  @Mixin private SummaryOptions summary = new SummaryOptions();

  @Option(
      names = "--refuse",
      paramLabel = "HARM,...",
      split = ",",
      description =
          "Decline a repair that does one of these harms: accuracy, average-group, worst-group, impact-ratio, one-way, calibration or attribute.")
  private List<String> refuse = new ArrayList<>();

  @Option(
      names = "--accept-unproven",
      description = "Write the repair even if the test rows leave open whether it reaches its aim.")
  private boolean acceptUnproven;

  @Option(names = "--force", description = "Write the model even if the repair is declined.")
  private boolean force;

  /**
   * What is asked for.
   *
   * @param subject the model with its rows
   * @param method makes the method
   * @param maxAccuracyLoss overall accuracy that it may cost, as a fraction; empty for any
   * @param searched whether a search keeps that by cross-validation, and not the rows to measure on
   * @param judgement of the audits before and after
   * @param threads that may work at once
   * @param files where the result goes
   * @param command that asks
   */
  RepairRequest request(
      RepairRequest.Subject subject,
      Function<Progress, Repair> method,
      OptionalDouble maxAccuracyLoss,
      boolean searched,
      AuditSettings judgement,
      int threads,
      RepairFiles files,
      CommandSpec command) {
    return new RepairRequest(
        command.name(),
        subject,
        method,
        new RepairGoals(
            aims(subject),
            maxAccuracyLoss,
            searched,
            refuse.stream().map(Harm.Code::of).collect(Collectors.toSet()),
            acceptUnproven),
        judgement,
        outcome.testFraction(),
        threads,
        files,
        outcome.overwrite(),
        force,
        pictures.asked(subject.images().isPresent()));
  }

  /** What a search is for. */
  Aim aimOfSearch() {
    return aim.ofSearch();
  }

  /** What the repair is for; by default what suits the access to the model. */
  List<Aim> aims(RepairRequest.Subject subject) {
    return aim.aims(
        subject instanceof RepairRequest.Opened ? Aim.COUNTERFACTUAL_BIAS : Aim.MODEL_BIAS);
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
    Presentation presented =
        Usage.checked(
            command,
            () ->
                presentation.presentation(
                    request.subject().rows().roles(), request.subject().flips().columns()));
    summary.requireWritable(request.files().byRole().values(), request.subject().files());
    Notes notes = new TerminalNotes(err);
    RepairRun run = RepairRun.of(request, Invocations.of(command, seed, presented), notes);
    PresentationOptions.warnOfUnused(presented, run.record().measured().before(), notes);
    summary.write(file -> Summary.append(run.evidence(), run.files(), file));
    PrintWriter out = command.commandLine().getOut();
    if (outcome.json()) {
      out.print(EvidencePack.machineOutput(run.evidence(), run.files()));
    } else {
      new RepairText(out, presented).print(run);
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
