package org.evenhand.workflow;

import org.evenhand.audit.AuditResult;
import org.evenhand.audit.ScoreBins;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Labels;

/**
 * Labelled rows with the deployed model's answers to them.
 *
 * @param table all columns that were read
 * @param set the rows with their labels
 * @param answers one per row
 * @param scoreBinWidth the width of the bins in which different scores were gathered; 0 if none
 *     were
 */
public record AnsweredRows(Table table, LabelledSet set, Answers answers, double scoreBinWidth) {

  /**
   * Some of the rows.
   *
   * @param rows their indices
   */
  public AnsweredRows select(int[] rows) {
    return new AnsweredRows(
        table.select(rows), set.select(rows), answers.select(rows), scoreBinWidth);
  }

  /** The audit of these rows, with what the bins of their scores mean for it. */
  AuditResult withBins(AuditResult audit) {
    if (scoreBinWidth == 0) {
      return audit;
    }
    Classes classes = set.target().classes();
    return audit.withScoreBins(
        ScoreBins.of(
            scoreBinWidth,
            set,
            audit,
            Labels.scores(table, CountedRows.LEAST, classes),
            Labels.scores(table, CountedRows.GREATEST, classes)));
  }

  /** The rows of the split that was asked for, as {@link SplitChoice#rowsOf}. */
  AnsweredRows split(SplitChoice split, String usual) {
    return split.isWholeOf(table) ? this : select(split.rowsOf(table, usual));
  }
}
