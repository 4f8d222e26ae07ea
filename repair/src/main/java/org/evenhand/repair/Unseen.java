package org.evenhand.repair;

import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;

/**
 * Rows that nothing was fitted on, and how answers to them are judged.
 *
 * @param name of the rows, such as {@code test}
 * @param rows with every column that the model or a correction reads
 * @param answers the deployed model's answers to them
 * @param settings of the audits
 * @param auditor makes the audits
 */
public record Unseen(
    String name, LabelledSet rows, Answers answers, AuditSettings settings, Auditor auditor) {
  /** Judges a model's answers to the unseen rows. */
  @FunctionalInterface
  public interface Auditor {
    /**
     * Audits answers.
     *
     * @param model gave the answers; may be asked more, such as about counterfactual rows
     * @param answers to the unseen rows
     * @param settings of the audit
     */
    AuditResult audit(DeployedModel model, Answers answers, AuditSettings settings);
  }

  /**
   * Rows whose answers are judged by an audit alone.
   *
   * @param name of the rows
   * @param rows with every column that the model or a correction reads
   * @param answers the deployed model's answers to them
   * @param settings of the audits
   */
  public static Unseen of(String name, LabelledSet rows, Answers answers, AuditSettings settings) {
    return new Unseen(
        name, rows, answers, settings, (model, given, asked) -> Audit.of(rows, given, asked));
  }

  /**
   * What the rows say of an aim, one-sided, at 95 % confidence.
   *
   * @param aim one that is about decisions on labelled rows
   * @param attribute one of the rows'
   * @param changed answers to the rows after a repair
   */
  public Finding finding(Aim aim, String attribute, Answers changed) {
    PairedGroups groups =
        PairedGroups.of(
            rows,
            rows.attribute(attribute),
            decisions(answers),
            decisions(changed),
            settings.minGroupSize(),
            settings.weights().orElse(WeightKind.FREQUENCY),
            settings.seed());
    return Finding.of(groups.of(aim), aim.rises());
  }

  int[] decisions(Answers of) {
    return of.decisions(settings.decisionRule());
  }
}
