package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Provenance;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairJudgement;

/**
 * What a repair did and how it was judged, whatever its method.
 *
 * @param command that made it, such as {@code erase}
 * @param proposal what was found
 * @param measured what it does to rows that it was not fitted on
 * @param judgement whether it may be offered
 * @param fittedOn the rows that it learned from
 * @param outputs the files written for serving, with their hashes: {@code model}, {@code patch};
 *     none if the repair was declined
 * @param images single images that were measured on, where they may be shown
 */
public record RepairRecord(
    String command,
    Proposal proposal,
    Measured measured,
    RepairJudgement judgement,
    FittedRows fittedOn,
    List<Provenance.Artefact> outputs,
    Optional<ShownImages> images) {
  /** Copies the list. */
  public RepairRecord {
    outputs = List.copyOf(outputs);
  }

  /**
   * A repair that shows no images.
   *
   * @param command that made it
   * @param proposal what was found
   * @param measured what it does to rows that it was not fitted on
   * @param judgement whether it may be offered
   * @param fittedOn the rows that it learned from
   * @param outputs the files written for serving
   */
  public RepairRecord(
      String command,
      Proposal proposal,
      Measured measured,
      RepairJudgement judgement,
      FittedRows fittedOn,
      List<Provenance.Artefact> outputs) {
    this(command, proposal, measured, judgement, fittedOn, outputs, Optional.empty());
  }

  /**
   * The same with files.
   *
   * @param written for serving
   */
  public RepairRecord withOutputs(List<Provenance.Artefact> written) {
    return new RepairRecord(command, proposal, measured, judgement, fittedOn, written, images);
  }

  /**
   * The rows that a repair learned from.
   *
   * @param split their name, such as {@code calibration}
   * @param rows how many, weighted
   */
  public record FittedRows(String split, double rows) {}

  /** The deployed model's audit. */
  AuditResult before() {
    return measured.before();
  }

  /** The audit after the repair. */
  AuditResult after() {
    return measured.after();
  }

  /** Every audit that was made, the deployed model's first. */
  List<AuditResult> audits() {
    return Stream.concat(
            Stream.of(before(), after()),
            measured.alternatives().stream().map(Measured.Alternative::after))
        .toList();
  }

  /** Why the repair is not offered; empty if it is. */
  Optional<String> declined() {
    return judgement.declined();
  }

  /** The repaired model, if one was written: the output of role {@code model}. */
  Optional<Provenance.Artefact> repairedModel() {
    return outputs.stream().filter(output -> output.role().equals("model")).findFirst();
  }

  /**
   * Whether there is an "after". A proposal that was declined and not written is none: the deployed
   * model stays.
   */
  boolean stands() {
    return declined().isEmpty() || !outputs.isEmpty();
  }
}
