package org.evenhand.repair;

import java.util.List;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Change;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;

/**
 * What a proposal does to rows that nothing was fitted on.
 *
 * @param rows their name
 * @param before audit of the deployed model's answers
 * @param after audit of the changed answers
 * @param changed those answers
 * @param alternatives audits under the proposal's alternatives, in their order
 * @param effects what changes: figures, people, and what gets worse
 */
public record Measured(
    String rows,
    AuditResult before,
    AuditResult after,
    Answers changed,
    List<Alternative> alternatives,
    Effects effects) {
  /** Copies the lists. */
  public Measured {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * An alternative, measured.
   *
   * @param label its name
   * @param after audit of the answers under it
   */
  public record Alternative(String label, AuditResult after) {}

  /**
   * Measures a proposal.
   *
   * @param proposal what was found
   * @param deployed the model that it was found for
   * @param unseen rows that were not used to find it
   */
  public static Measured of(Proposal proposal, DeployedModel deployed, Unseen unseen) {
    return of(proposal, deployed, unseen, before(deployed, unseen));
  }

  /** The audit of the deployed model, the same for every proposal. */
  static AuditResult before(DeployedModel deployed, Unseen unseen) {
    return unseen.auditor().audit(deployed, unseen.answers(), unseen.settings());
  }

  static Measured of(Proposal proposal, DeployedModel deployed, Unseen unseen, AuditResult before) {
    // What others are compared with stays what it was, even if another value is selected most now.
    AuditSettings settings = unseen.settings().withReferences(before.references());
    Answers changed = changed(proposal.change(), deployed, unseen);
    AuditResult after = audited(proposal.change(), deployed, unseen, changed, settings);
    return new Measured(
        unseen.name(),
        before,
        after,
        changed,
        proposal.alternatives().stream()
            .map(alternative -> measured(alternative, deployed, unseen, settings))
            .toList(),
        Effects.of(
            proposal,
            unseen,
            before,
            after,
            unseen.decisions(unseen.answers()),
            unseen.decisions(changed)));
  }

  private static Alternative measured(
      Proposal.Alternative alternative,
      DeployedModel deployed,
      Unseen unseen,
      AuditSettings settings) {
    Change change = alternative.change();
    return new Alternative(
        alternative.label(),
        audited(change, deployed, unseen, changed(change, deployed, unseen), settings));
  }

  private static AuditResult audited(
      Change change,
      DeployedModel deployed,
      Unseen unseen,
      Answers answers,
      AuditSettings settings) {
    return unseen.auditor().audit(change.applyTo(deployed), answers, settings);
  }

  /** How decisions change, for each value of each attribute. */
  public List<PeopleChange> people() {
    return effects.people();
  }

  /** A correction needs no second question to the model, which may be a paid one behind a URL. */
  private static Answers changed(Change change, DeployedModel deployed, Unseen unseen) {
    LabelledSet rows = unseen.rows();
    return change instanceof Correction correction
            && unseen.answers() instanceof Answers.Soft answers
        ? correction.apply(answers, rows.inputs())
        : change.applyTo(deployed).answer(rows.inputs());
  }
}
