package org.evenhand.audit;

import java.util.Locale;

/**
 * Which rows of the data an audit looked at.
 *
 * @param split the name of the part that was used; empty for all rows
 * @param rows that were used, not weighted
 * @param of how many there are
 * @param withTraining whether the rows that the model was trained on are among them, as far as the
 *     data say
 */
public record RowsUsed(String split, long rows, long of, boolean withTraining) {
  /** As in {@code split test: 1,056 of 5,278 rows}. */
  public String sentence() {
    return split.isEmpty()
        ? String.format(
            Locale.ROOT,
            "all %,d rows%s",
            rows,
            withTraining ? ", those that the model was trained on too" : "")
        : String.format(Locale.ROOT, "split %s: %,d of %,d rows", split, rows, of);
  }
}
