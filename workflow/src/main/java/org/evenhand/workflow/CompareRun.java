package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.MethodsRecord;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.RepairGoals;

/**
 * Several methods of repair compared on one or several models.
 *
 * @param record the figures
 */
public record CompareRun(MethodsRecord record) {

  /**
   * Opens each model, fits every method to its calibration rows, measures all on the same unseen
   * rows, and writes the files.
   *
   * @param request what is compared
   * @param invocation how it was asked for
   * @param notes told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read or written, model and rows
   *     do not fit, or no method applies; nothing is written then
   */
  public static CompareRun of(CompareRequest request, Invocation invocation, Notes notes) {
    OutputFiles.check(request.files().byRole().values(), request.inputs(), request.overwrite());
    List<MethodsRecord.OfModel> models = new ArrayList<>();
    List<Provenance.Artefact> read = new ArrayList<>();
    for (RepairRequest.BlackBox box : request.models()) {
      double parts = request.models().size();
      Notes part = new PartOfRun(notes, models.size() / parts, (models.size() + 1) / parts);
      box.rows().roles().requiredTarget();
      try (CalibratedModel model =
          CalibratedModel.open(
              box, request.judgement(), request.testFraction(), invocation.seed(), part)) {
        models.add(
            new MethodsRecord.OfModel(
                model.deployed().artefact(), compared(request, model, invocation, part)));
        read.add(model.deployed().artefact());
      }
    }
    read.addAll(request.models().get(0).artefacts());
    MethodsRecord record =
        new MethodsRecord(
            invocation.commandLine(),
            models,
            invocation.provenance(read),
            invocation.presentation());
    write(record, request.files());
    return new CompareRun(record);
  }

  private static MethodComparison compared(
      CompareRequest request, CalibratedModel model, Invocation invocation, Notes notes) {
    try (Notes.Watch progress = notes.watch(1)) {
      return MethodComparison.of(
          request.methods(),
          request.limits(),
          model
              .task()
              .withSeed(invocation.seed())
              .withDecisionRule(model.judgement().decisionRule())
              .withThreads(request.threads(), progress),
          model.deployed(),
          model.unseen(),
          RepairGoals.of(request.limits().aim()));
    }
  }

  private static void write(MethodsRecord record, EvidenceFiles files) {
    try (StagedFiles staged = new StagedFiles()) {
      files
          .report()
          .ifPresent(to -> staged.write(to, file -> EvidencePack.writeReport(record, file)));
      files
          .evidence()
          .ifPresent(to -> staged.write(to, file -> EvidencePack.writeJson(record, file)));
      staged.moveIntoPlace();
    }
  }
}
