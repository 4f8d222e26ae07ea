package org.evenhand.cli;

import java.util.Arrays;
import java.util.List;
import org.evenhand.data.Split;

/**
 * The rows that a repair is fitted on and the rows that it is measured on.
 *
 * @param fittedRows indices of the rows that a repair learns from
 * @param fitted those rows
 * @param fittedOn their name
 * @param unseenRows indices of rows that nothing was fitted on
 * @param unseen those rows
 * @param measuredOn their name
 */
record Division(
    int[] fittedRows,
    AnsweredRows fitted,
    String fittedOn,
    int[] unseenRows,
    AnsweredRows unseen,
    String measuredOn) {
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
        data.split().orElse(data.splits(rows.table()) ? Split.CALIBRATION : DataOptions.ALL);
    if (data.splits(rows.table())
        && !fittedOn.equals(Split.TEST)
        && !fittedOn.equals(DataOptions.ALL)
        && Split.names(rows.table(), data.splitColumn()).contains(Split.TEST)) {
      return of(
          rows,
          Split.rows(rows.table(), data.splitColumn(), fittedOn),
          fittedOn,
          Split.rows(rows.table(), data.splitColumn(), Split.TEST),
          Split.TEST);
    }
    int[] pool = data.rowsOf(rows.table(), Split.CALIBRATION);
    List<int[]> parts =
        Split.stratified(rows.set().select(pool).strata(), seed, 1 - testFraction, testFraction);
    return of(rows, among(pool, parts.get(0)), fittedOn, among(pool, parts.get(1)), HELD_OUT);
  }

  private static Division of(
      AnsweredRows rows, int[] fitted, String fittedOn, int[] unseen, String measuredOn) {
    return new Division(
        fitted, rows.select(fitted), fittedOn, unseen, rows.select(unseen), measuredOn);
  }

  private static int[] among(int[] pool, int[] places) {
    return Arrays.stream(places).map(place -> pool[place]).toArray();
  }
}
