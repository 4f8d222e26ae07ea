package org.evenhand.cli;

import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Split;

/**
 * Labelled rows with the deployed model's answers to them.
 *
 * @param table all columns that were read
 * @param set the rows with their labels
 * @param answers one a row
 * @param scoreBinWidth the width of the bins in which different scores were gathered; 0 if none
 *     were
 */
record AnsweredRows(Table table, LabelledSet set, Answers answers, double scoreBinWidth) {

  AnsweredRows select(int[] rows) {
    return new AnsweredRows(
        table.select(rows), set.select(rows), answers.select(rows), scoreBinWidth);
  }

  boolean hasSplits(DataOptions options) {
    return table.find(options.splitColumn()).isPresent();
  }

  /**
   * The rows of the split that was asked for; of the usual one where none was and the table has
   * splits.
   */
  AnsweredRows split(DataOptions options, String usual) {
    Optional<String> asked = options.split();
    if (asked.equals(Optional.of(DataOptions.ALL)) || (asked.isEmpty() && !hasSplits(options))) {
      return this;
    }
    return select(Split.rows(table, options.splitColumn(), asked.orElse(usual)));
  }
}
