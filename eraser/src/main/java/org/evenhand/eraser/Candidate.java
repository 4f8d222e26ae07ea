package org.evenhand.eraser;

import java.util.List;
import org.evenhand.audit.GroupSummary;

/**
 * How one estimator did on calibration rows that it had not seen.
 *
 * @param estimator the estimator
 * @param outOfFold figures of its corrected decisions, one per attribute; empty if it could not be
 *     fitted
 * @param eligible whether the guards allow it to be chosen
 * @param note why not, or empty text
 */
public record Candidate(
    Estimator estimator, List<GroupSummary> outOfFold, boolean eligible, String note) {
  /** Copies the list. */
  public Candidate {
    outOfFold = List.copyOf(outOfFold);
  }

  /** Whether there are figures. */
  public boolean fitted() {
    return !outOfFold.isEmpty();
  }

  /** Worst group accuracy over all attributes. */
  public double worst() {
    return outOfFold.stream().mapToDouble(GroupSummary::worst).min().orElse(Double.NaN);
  }

  /** Mean Model Bias over the attributes. */
  public double modelBias() {
    return outOfFold.stream().mapToDouble(GroupSummary::modelBias).average().orElse(Double.NaN);
  }

  /** Mean over the attributes of average group accuracy. */
  public double average() {
    return outOfFold.stream().mapToDouble(GroupSummary::average).average().orElse(Double.NaN);
  }
}
