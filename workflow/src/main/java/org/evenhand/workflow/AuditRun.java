package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.ClassOrderDoubt;
import org.evenhand.audit.RowsUsed;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Provenance;
import org.evenhand.core.Setting;
import org.evenhand.data.ScoreReading;
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
   * @param listener told what the reader of the result should know
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, or model and rows do not
   *     fit
   */
  public static AuditRun of(AuditRequest request, Notes listener) {
    KeptWarnings notes = new KeptWarnings(listener);
    if (request.answers() instanceof AnswerSource.Model model) {
      return of(request, model, notes);
    }
    // Hashing a large file takes as long as reading it, so it is done beside; by a thread of its
    // own, since those of
    // the common pool read.
    CompletableFuture<List<Provenance.Artefact>> artefacts =
        CompletableFuture.supplyAsync(
            request.rows()::artefacts, task -> new Thread(task, "hashing").start());
    AnswerSource.Recorded recorded = (AnswerSource.Recorded) request.answers();
    AnsweredRows all =
        new RowReader(request.rows(), notes)
            .recorded(
                recorded.answers(),
                request.settings().weights().filter(WeightKind.SAMPLING::equals).isPresent());
    AuditResult result = recorded(request, recorded.answers(), all, notes);
    return new AuditRun(result, finished(artefacts));
  }

  private static <T> T finished(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EvenhandException ours ? ours : e;
    }
  }

  private static AuditResult recorded(
      AuditRequest request, RecordedAnswers recorded, AnsweredRows all, KeptWarnings notes) {
    if (recorded.scores().isEmpty()) {
      return audit(request, request.settings(), all, Optional.empty(), notes);
    }
    ScoreReading reading = recorded.scores().get();
    Classes classes = all.answers().classes();
    ScoreMeaning meaning =
        new ScoreMeaning(
            recorded.column(),
            reading.about(recorded.column(), classes),
            reading.scale().key(),
            reading.threshold());
    AuditSettings settings =
        request.settings().withDecisionRule(reading.rule(recorded.column(), classes));
    AuditResult result = audit(request, settings, all, Optional.of(meaning), notes);
    return reading.scale() == ScoreReading.Scale.POINTS ? result.withoutProbabilities() : result;
  }

  private static AuditRun of(AuditRequest request, AnswerSource.Model model, KeptWarnings notes) {
    if (!model.flips().columns().isEmpty() || model.flips().ranksAll()) {
      request.rows().roles().requiredTarget();
    }
    List<Provenance.Artefact> read = new ArrayList<>();
    AuditResult result;
    try (Notes.Watch progress = notes.watch(0.9);
        LabelledImages images = new LabelledImages(model.images(), notes);
        DeployedModel deployed = model.source().open(progress)) {
      read.add(deployed.artefact());
      Counterparts flips = Counterparts.of(model.flips());
      AnsweredRows all = new RowReader(request.rows(), flips, notes).answeredBy(deployed, images);
      int[] audited = request.rows().split().rowsOf(all.table(), Split.TEST);
      result =
          new FlipAudit(flips, deployed, request.settings(), notes)
              .extend(
                  audit(request, request.settings(), all, Optional.empty(), notes),
                  all.set(),
                  audited);
    }
    read.addAll(request.rows().artefacts());
    model.images().ifPresent(images -> read.addAll(images.artefacts()));
    model.flips().files().forEach(file -> read.add(Artefacts.of("pairs", file)));
    return new AuditRun(result, read);
  }

  private static AuditResult audit(
      AuditRequest request,
      AuditSettings settings,
      AnsweredRows all,
      Optional<ScoreMeaning> scores,
      KeptWarnings notes) {
    SplitChoice split = request.rows().split();
    AnsweredRows rows = all.split(split, Split.TEST);
    AuditResult result = rows.withBins(Audit.of(rows.set(), rows.answers(), settings));
    ClassOrderDoubt.of(result)
        .ifPresent(
            doubt ->
                notes.warn(
                    doubt.reason(), scores.isPresent() ? Setting.SCORE_CLASS : Setting.CLASSES));
    RowsUsed used = split.used(all.table(), rows.table(), Split.TEST);
    Optional<Attribute> control =
        request
            .rows()
            .roles()
            .levels(all.table())
            .map(
                levels ->
                    split.isWholeOf(all.table())
                        ? levels
                        : levels.select(split.rowsOf(all.table(), Split.TEST)));
    return result
        .withScope(result.scope().with(used, scores, notes.warnings()))
        .withTables(request.tables().of(rows, control, result));
  }

  /**
   * The audit with what is needed to do it again.
   *
   * @param invocation how it was asked for
   */
  public Evidence evidence(Invocation invocation) {
    return new Evidence.Audit(
        invocation.commandLine(), result, invocation.provenance(read), invocation.presentation());
  }
}
