package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.RepairRecord;
import org.evenhand.evidence.ShownImages;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairJudgement;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Unseen;

/**
 * A deployed model repaired: a proposal found on calibration rows, measured on rows that it was not
 * fitted on, and written.
 *
 * @param evidence what was done, with the audits before and after
 * @param files those written, by role; of a declined repair only its report and its evidence
 */
public record RepairRun(Evidence.Repair evidence, Map<String, Path> files) {
  /**
   * Opens the model, finds a repair, measures it, and writes it unless it is declined; its report
   * is written all the same.
   *
   * <pre>{@code
   * RepairRequest request = ...;
   * RepairRun run = RepairRun.of(request, invocation, Notes.NONE);
   * run.record().proposal().declined();
   * }</pre>
   *
   * @param request what is repaired, and how
   * @param invocation how it was asked for
   * @param notes told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read or written, model and rows
   *     do not fit, or the rows do not determine a repair; nothing is written then
   */
  public static RepairRun of(RepairRequest request, Invocation invocation, Notes notes) {
    OutputFiles.check(
        request.files().byRole().values(), request.subject().files(), request.overwrite());
    request.subject().rows().roles().requiredTarget();
    return request.subject() instanceof RepairRequest.BlackBox box
        ? blackBox(request, box, invocation, notes)
        : opened(request, (RepairRequest.Opened) request.subject(), invocation, notes);
  }

  private static RepairRun blackBox(
      RepairRequest request, RepairRequest.BlackBox box, Invocation invocation, Notes notes) {
    try (CalibratedModel model =
        CalibratedModel.open(
            box, request.judgement(), request.testFraction(), invocation.seed(), notes)) {
      return finish(
          request.judgedBy(model.judgement()),
          invocation,
          notes,
          new Found(model.deployed(), model.deployed(), model.division(), model.images()),
          model.task(),
          model.unseen());
    }
  }

  private static RepairRun opened(
      RepairRequest request, RepairRequest.Opened box, Invocation invocation, Notes notes) {
    WhiteBoxRequest inside = box.inside();
    try (LabelledImages images = new LabelledImages(inside.images(), notes);
        OnnxHeadedClassifier deployed = inside.open()) {
      Counterparts flips = Counterparts.of(inside.flips());
      HeadedClassifier asked = new RememberedFeatures(deployed);
      AnsweredRows all = new RowReader(inside.rows(), flips, notes).answeredBy(asked, images);
      RepairRequest settled =
          request.judgedBy(
              request
                  .judgement()
                  .withDecisionRule(request.judgement().decisionRule().onScores(all.answers())));
      Division division =
          Division.of(all, inside.rows().split(), request.testFraction(), invocation.seed());
      HeadTask head =
          WhiteBox.of(asked, inside, flips, all, division.fittedRows(), notes)
              .task(
                  division.fittedRows(), inside.maxPairs(), box.replacesRows(), invocation.seed());
      RepairTask task =
          RepairTask.of(
                  division.fitted().set(), division.fitted().answers(), inside.flips().columns())
              .withHead(head);
      Unseen unseen =
          new Unseen(
              division.measuredOn(),
              division.unseen().set(),
              division.unseen().answers(),
              settled.judgement(),
              FlipAudit.auditor(flips, division, notes));
      return finish(
          settled, invocation, notes, new Found(deployed, asked, division, images), task, unseen);
    }
  }

  /**
   * A model with its rows.
   *
   * @param deployed as it was opened
   * @param asked the same, with what it was asked before remembered
   * @param images that it reads
   */
  private record Found(
      DeployedModel deployed, DeployedModel asked, Division division, LabelledImages images) {}

  private static RepairRun finish(
      RepairRequest request,
      Invocation invocation,
      Notes notes,
      Found found,
      RepairTask task,
      Unseen unseen) {
    if (request.pictures() && found.division().all().answers() instanceof Answers.Hard) {
      throw new WorkflowException(
          "Pictures show how far scores move, but the model answers with labels only; leave the pictures out. "
              + Answers.Hard.WAYS_TO_SCORES);
    }
    Proposal proposal;
    try (Notes.Watch progress = notes.watch(0.9)) {
      proposal =
          request
              .method()
              .apply(progress)
              .propose(
                  task.withSeed(invocation.seed())
                      .withDecisionRule(request.judgement().decisionRule())
                      .withThreads(request.threads(), progress));
    }
    Measured measured = Measured.of(proposal, found.asked(), unseen);
    List<Provenance.Artefact> read = new ArrayList<>(List.of(found.deployed().artefact()));
    read.addAll(request.subject().artefacts());
    RepairRecord record =
        new RepairRecord(
            request.command(),
            proposal,
            measured,
            RepairJudgement.of(proposal, measured, request.goals()),
            new RepairRecord.FittedRows(
                found.division().fittedOn(), found.division().fitted().set().weight()),
            List.of(),
            request.pictures() ? shown(found, proposal, invocation) : Optional.empty());
    Evidence.Repair evidence =
        new Evidence.Repair(
            invocation.commandLine(),
            record,
            invocation.provenance(read),
            invocation.presentation());
    return new RepairWriter(request, found.deployed(), found.division(), evidence)
        .write(found.images().described());
  }

  private static Optional<ShownImages> shown(
      Found found, Proposal proposal, Invocation invocation) {
    return Optional.of(
        new ImageLooks(found.deployed(), proposal.change(), found.images())
            .of(found.division(), invocation.seed()));
  }

  /** What was found and measured. */
  public RepairRecord record() {
    return evidence.repair();
  }

  /** Whether a model, or for one behind a URL a correction, was written. */
  public boolean written() {
    return !record().outputs().isEmpty();
  }
}
