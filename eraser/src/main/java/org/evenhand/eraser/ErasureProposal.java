package org.evenhand.eraser;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Goal;
import org.evenhand.core.Removal;

/**
 * The removal of a bias rule that has been found but not yet written or served, in the terms of the
 * eraser; {@link Erasure} says the same in those that all methods share.
 *
 * @param attributes whose rules were distilled
 * @param estimator the one chosen
 * @param why it was chosen, in one sentence
 * @param candidates every estimator with what it did on calibration rows not fitted: the predicted
 *     change
 * @param before the same figures of the deployed model on the calibration rows, one per attribute
 * @param goal what the corrected answers aim at
 * @param removal what to subtract
 * @param otherGoal the removal for the other goal, to be reported beside it
 * @param diagnoses what the user must know about the calibration rows, one per attribute
 * @param declined the guard's reason against the repair, if there is one
 */
public record ErasureProposal(
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
  public ErasureProposal {
    attributes = List.copyOf(attributes);
    candidates = List.copyOf(candidates);
    before = List.copyOf(before);
    diagnoses = List.copyOf(diagnoses);
  }
}
