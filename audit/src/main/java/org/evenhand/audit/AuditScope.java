package org.evenhand.audit;

import java.util.List;
import java.util.Optional;

/**
 * What an audit was about, beside its figures.
 *
 * @param outcomes whether true classes were known; if not, only selection rates and what is made of
 *     them can be measured
 * @param rows which rows of the data were used, where that was recorded
 * @param scores what recorded scores were taken for
 * @param notes what a reader should know about the data, one sentence each
 */
public record AuditScope(
    boolean outcomes, Optional<RowsUsed> rows, Optional<ScoreMeaning> scores, List<String> notes) {
  /** Rows with true classes and nothing more to say. */
  public static final AuditScope PLAIN =
      new AuditScope(true, Optional.empty(), Optional.empty(), List.of());

  /** Copies the list. */
  public AuditScope {
    notes = List.copyOf(notes);
  }

  /**
   * The same with what is known of the rows and of their scores.
   *
   * @param used which rows
   * @param meaning of recorded scores
   * @param more notes beside the present ones
   */
  public AuditScope with(RowsUsed used, Optional<ScoreMeaning> meaning, List<String> more) {
    return new AuditScope(outcomes, Optional.of(used), meaning, more);
  }
}
