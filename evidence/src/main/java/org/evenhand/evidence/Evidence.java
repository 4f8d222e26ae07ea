package org.evenhand.evidence;

import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Provenance;

/** What was measured, and for a repair what was done, with where the numbers come from. */
public sealed interface Evidence {
  /** The command that gives the same numbers again, as typed in a shell. */
  String commandLine();

  /** The deployed model's audit. */
  AuditResult deployed();

  /** Files, seed, settings and environment of the run. */
  Provenance provenance();

  /** How it is presented to people. */
  Presentation presentation();

  /**
   * The deployed model: the provenance's artefact of role {@code model}; empty when recorded
   * answers were audited.
   */
  default Optional<Provenance.Artefact> model() {
    return provenance().artefacts().stream()
        .filter(artefact -> artefact.role().equals("model"))
        .findFirst();
  }

  /** The repair; empty for an audit alone. */
  default Optional<RepairRecord> change() {
    return this instanceof Repair repair ? Optional.of(repair.repair()) : Optional.empty();
  }

  /**
   * Evidence of an audit alone.
   *
   * @param commandLine gives the same numbers again
   * @param result the audit
   * @param provenance where its numbers come from
   * @param presentation how it is presented to people
   */
  record Audit(
      String commandLine, AuditResult result, Provenance provenance, Presentation presentation)
      implements Evidence {
    /**
     * Presented as usual.
     *
     * @param commandLine gives the same numbers again
     * @param result the audit
     * @param provenance where its numbers come from
     */
    public Audit(String commandLine, AuditResult result, Provenance provenance) {
      this(commandLine, result, provenance, Presentation.NONE);
    }

    @Override
    public AuditResult deployed() {
      return result;
    }
  }

  /**
   * Evidence of a repair, done or declined.
   *
   * @param commandLine gives the same numbers again
   * @param repair what was done, and the audits before and after it
   * @param provenance where the numbers come from
   * @param presentation how it is presented to people
   */
  record Repair(
      String commandLine, RepairRecord repair, Provenance provenance, Presentation presentation)
      implements Evidence {
    /**
     * Presented as usual.
     *
     * @param commandLine gives the same numbers again
     * @param repair what was done, and the audits before and after it
     * @param provenance where the numbers come from
     */
    public Repair(String commandLine, RepairRecord repair, Provenance provenance) {
      this(commandLine, repair, provenance, Presentation.NONE);
    }

    @Override
    public AuditResult deployed() {
      return repair.before();
    }
  }
}
