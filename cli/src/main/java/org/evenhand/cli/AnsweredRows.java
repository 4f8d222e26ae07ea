package org.evenhand.cli;

import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;

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

  /** The rows of the split that was asked for, as {@link DataOptions#rowsOf}. */
  AnsweredRows split(DataOptions options, String usual) {
    return options.wholeOf(table) ? this : select(options.rowsOf(table, usual));
  }
}
