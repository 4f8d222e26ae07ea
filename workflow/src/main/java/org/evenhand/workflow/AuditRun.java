package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Artefacts;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Provenance;
import org.evenhand.data.Split;
import org.evenhand.evidence.Evidence;
import org.evenhand.workflow.AuditRequest.AnswerSource;

/**
 * A model, or answers that were recorded, audited on the rows of a file.
 *
 * @param result the audit
 * @param read the files that it comes from, with their hashes; the model first
 */
public record AuditRun(AuditResult result, List<Provenance.Artefact> read) {
  /** Copies the list. */
  public AuditRun {
    read = List.copyOf(read);
  }

  /**
   * Opens the model, asks it about the rows, and measures.
   *
   * <pre>{@code
   * ModelSource model = ModelSource.of(Path.of("model.onnx"));
   * RowsRequest rows = RowsRequest.of(Path.of("people.csv"), Roles.of("repaid", List.of("gender")));
   * AuditRun run = AuditRun.of(AuditRequest.of(model, rows, AuditSettings.DEFAULT), Notes.NONE);
   * }</pre>
   *
   * @param request what is audited
   * @param notes told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, or model and rows do not
   *     fit
   */
  public static AuditRun of(AuditRequest request, Notes notes) {
    if (request.answers() instanceof AnswerSource.Model model) {
      return of(request, model, notes);
    }
    // Hashing a large file takes as long as reading it, so it is done beside.
    CompletableFuture<List<Provenance.Artefact>> artefacts =
        CompletableFuture.supplyAsync(request.rows()::artefacts);
    AnswerSource.Recorded recorded = (AnswerSource.Recorded) request.answers();
    AnsweredRows all =
        new RowReader(request.rows(), notes)
            .recorded(recorded.answers(), request.settings().decisionRule());
    return new AuditRun(audit(request, all), finished(artefacts));
  }

  private static <T> T finished(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EvenhandException ours ? ours : e;
    }
  }

  private static AuditRun of(AuditRequest request, AnswerSource.Model model, Notes notes) {
    List<Provenance.Artefact> read = new ArrayList<>();
    AuditResult result;
    try (Notes.Watch progress = notes.watch();
        LabelledImages images = new LabelledImages(model.images(), notes);
        DeployedModel deployed = model.source().open(progress)) {
      read.add(deployed.artefact());
      Counterparts flips = Counterparts.of(model.flips());
      AnsweredRows all = new RowReader(request.rows(), flips, notes).answeredBy(deployed, images);
      int[] audited = request.rows().split().rowsOf(all.table(), Split.TEST);
      result =
          new FlipAudit(flips, deployed, request.settings(), notes)
              .extend(audit(request, all), all.set(), audited);
    }
    read.addAll(request.rows().artefacts());
    model.images().ifPresent(images -> read.addAll(images.artefacts()));
    model.flips().files().forEach(file -> read.add(Artefacts.of("pairs", file)));
    return new AuditRun(result, read);
  }

  private static AuditResult audit(AuditRequest request, AnsweredRows all) {
    AnsweredRows rows = all.split(request.rows().split(), Split.TEST);
    return Audit.of(rows.set(), rows.answers(), request.settings())
        .withScoreBinWidth(rows.scoreBinWidth());
  }

  /**
   * The audit with what is needed to do it again.
   *
   * @param invocation how it was asked for
   */
  public Evidence evidence(Invocation invocation) {
    return new Evidence.Audit(invocation.commandLine(), result, invocation.provenance(read));
  }
}
