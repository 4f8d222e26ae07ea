package org.evenhand.workflow;

import java.util.Arrays;
import java.util.List;
import org.evenhand.data.Split;

/**
 * The rows that a repair is fitted on and the rows that it is measured on.
 *
 * @param all rows, those of neither part too
 * @param fittedRows indices of the rows that a repair learns from
 * @param fitted those rows
 * @param fittedOn their name
 * @param unseenRows indices of rows that nothing was fitted on
 * @param unseen those rows
 * @param measuredOn their name
 */
public record Division(
    AnsweredRows all,
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
   * @param split names what to fit on, by default {@code calibration}
   * @param testFraction share of a held-out part, strictly between 0 and 1
   * @param seed of the division
   */
  public static Division of(AnsweredRows rows, SplitChoice split, double testFraction, long seed) {
    String fittedOn =
        split.name().orElse(split.splits(rows.table()) ? Split.CALIBRATION : SplitChoice.ALL);
    if (!fittedOn.equals(Split.TEST)
        && !fittedOn.equals(SplitChoice.ALL)
        && split.has(rows.table(), Split.TEST)) {
      return of(
          rows,
          Split.rows(rows.table(), split.column(), fittedOn),
          fittedOn,
          Split.rows(rows.table(), split.column(), Split.TEST),
          Split.TEST);
    }
    int[] pool = split.rowsOf(rows.table(), Split.CALIBRATION);
    List<int[]> parts =
        Split.stratified(rows.set().select(pool).strata(), seed, 1 - testFraction, testFraction);
    return of(rows, among(pool, parts.get(0)), fittedOn, among(pool, parts.get(1)), HELD_OUT);
  }

  private static Division of(
      AnsweredRows rows, int[] fitted, String fittedOn, int[] unseen, String measuredOn) {
    return new Division(
        rows, fitted, rows.select(fitted), fittedOn, unseen, rows.select(unseen), measuredOn);
  }

  private static int[] among(int[] pool, int[] places) {
    return Arrays.stream(places).map(place -> pool[place]).toArray();
  }
}
