package org.evenhand.cli;

import java.util.stream.IntStream;
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

  /** The rows of the split that was asked for, as {@link #splitRows}. */
  AnsweredRows split(DataOptions options, String usual) {
    return isWhole(options) ? this : select(splitRows(options, usual));
  }

  /**
   * The indices of the rows of the split that was asked for; of the usual one where none was and
   * the table has splits.
   */
  int[] splitRows(DataOptions options, String usual) {
    return isWhole(options)
        ? IntStream.range(0, table.rows()).toArray()
        : Split.rows(table, options.splitColumn(), options.split().orElse(usual));
  }

  private boolean isWhole(DataOptions options) {
    return options.split().map(DataOptions.ALL::equals).orElseGet(() -> !hasSplits(options));
  }
}
