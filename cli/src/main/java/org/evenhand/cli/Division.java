package org.evenhand.cli;

import java.util.List;
import org.evenhand.data.Split;

/**
 * The rows that a repair is fitted on and the rows that it is measured on.
 *
 * @param fitted what the eraser learns from
 * @param fittedOn their name
 * @param unseen rows that nothing was fitted on
 * @param measuredOn their name
 */
record Division(AnsweredRows fitted, String fittedOn, AnsweredRows unseen, String measuredOn) {
  private static final String HELD_OUT = "held-out";

  /**
   * By the split column where the table has one with test rows, else a held-out part, stratified by
   * group.
   *
   * @param rows all rows
   * @param data names the split to fit on, by default {@code calibration}
   * @param testFraction share of a held-out part, strictly between 0 and 1
   * @param seed of the division
   */
  static Division of(AnsweredRows rows, DataOptions data, double testFraction, long seed) {
    String fittedOn =
        data.split().orElse(rows.hasSplits(data) ? Split.CALIBRATION : DataOptions.ALL);
    if (rows.hasSplits(data)
        && !fittedOn.equals(Split.TEST)
        && !fittedOn.equals(DataOptions.ALL)
        && Split.names(rows.table(), data.splitColumn()).contains(Split.TEST)) {
      return new Division(
          rows.select(Split.rows(rows.table(), data.splitColumn(), fittedOn)),
          fittedOn,
          rows.select(Split.rows(rows.table(), data.splitColumn(), Split.TEST)),
          Split.TEST);
    }
    AnsweredRows pool = rows.split(data, Split.CALIBRATION);
    List<int[]> parts = Split.stratified(pool.set().strata(), seed, 1 - testFraction, testFraction);
    return new Division(pool.select(parts.get(0)), fittedOn, pool.select(parts.get(1)), HELD_OUT);
  }
}
