package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Provenance;

/** What every repair has in common, whether it corrects a model's answers or edits its head. */
sealed interface ModelChange permits RepairRecord, UnlearningRecord {
  /** The repair of this evidence; empty for an audit alone. */
  static Optional<ModelChange> of(Evidence evidence) {
    if (evidence instanceof Evidence.Repair repair) {
      return Optional.of(repair.repair());
    }
    if (evidence instanceof Evidence.Unlearning unlearning) {
      return Optional.of(unlearning.unlearning());
    }
    return Optional.empty();
  }

  /** The command that made it, such as {@code erase}. */
  String command();

  /** The deployed model's audit. */
  AuditResult before();

  /** The audit after the repair; empty if nothing was measured. */
  Optional<AuditResult> measuredAfter();

  /** Every audit that was made, the deployed model's first. */
  List<AuditResult> audits();

  /** Name of the rows that the audits saw. */
  String measuredOn();

  /** How many decisions changed. */
  List<RepairRecord.Flips> flips();

  /** Why the repair is not offered; empty if it is. */
  Optional<String> declined();

  /** The files written, with their hashes. */
  List<Provenance.Artefact> outputs();

  /** What a reader must know beyond the cautions that hold for every repair. */
  List<String> cautions();

  /** The repaired model, if one was written: the output of role {@code model}. */
  default Optional<Provenance.Artefact> repairedModel() {
    return outputs().stream().filter(output -> output.role().equals("model")).findFirst();
  }

  /**
   * Whether there is an "after". A proposal that was declined and not written is none: the deployed
   * model stays.
   */
  default boolean stands() {
    return declined().isEmpty() || repairedModel().isPresent();
  }
}
