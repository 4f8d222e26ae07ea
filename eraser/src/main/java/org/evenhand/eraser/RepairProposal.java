package org.evenhand.eraser;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Removal;

/**
 * A correction that has been found but not yet written or served.
 *
 * @param attributes whose rules were distilled
 * @param estimator the one chosen
 * @param why it was chosen, in one sentence
 * @param candidates every estimator with what it did on calibration rows not fitted: the predicted
 *     change
 * @param before the same figures of the deployed model on the calibration rows, one an attribute
 * @param goal what the corrected answers aim at
 * @param removal what to subtract
 * @param otherGoal the removal for the other goal, to be reported beside it
 * @param diagnoses what the user must know about the calibration rows, one an attribute
 * @param declined the guard's reason against the repair, if there is one
 */
public record RepairProposal(
    List<String> attributes,
    Estimator estimator,
    String why,
    List<Candidate> candidates,
    List<GroupSummary> before,
    Goal goal,
    Removal removal,
    Removal otherGoal,
    List<Diagnosis> diagnoses,
    Optional<String> declined) {
  /** Copies the lists. */
  public RepairProposal {
    attributes = List.copyOf(attributes);
    candidates = List.copyOf(candidates);
    before = List.copyOf(before);
    diagnoses = List.copyOf(diagnoses);
  }

  /**
   * What the repair does to rows that were not used to fit it.
   *
   * @param before audit of the deployed model's answers
   * @param after audit of the corrected answers
   * @param afterOtherGoal audit of the answers corrected for the other goal
   */
  public record Measured(AuditResult before, AuditResult after, AuditResult afterOtherGoal) {}

  /**
   * Measures the change on rows that were not used to fit.
   *
   * @param unseen the rows, with the inputs that the patch was trained on
   * @param answers the deployed model's answers to them
   * @param settings of the audits
   */
  public Measured measure(LabelledSet unseen, Answers.Soft answers, AuditSettings settings) {
    return new Measured(
        Audit.of(unseen, answers, settings),
        Audit.of(unseen, removal.apply(answers, unseen.inputs()), settings),
        Audit.of(unseen, otherGoal.apply(answers, unseen.inputs()), settings));
  }
}
