package org.evenhand.eraser;

import java.util.Optional;
import org.evenhand.audit.GroupSummary;

/**
 * How one estimator did on calibration rows that it had not seen.
 *
 * @param estimator the estimator
 * @param outOfFold figures of its corrected decisions; empty if it could not be fitted
 * @param eligible whether the guards allow it to be chosen
 * @param note why not, or empty text
 */
public record Candidate(
    Estimator estimator, Optional<GroupSummary> outOfFold, boolean eligible, String note) {}
