package com.example.plain;

import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** The model: points that somebody once wrote down, as a Java function. */
final class Scorecard {
  private Scorecard() {}

  /** The log-odds that a loan is repaid, one per row. */
  static double[] logOdds(Table people) {
    double[] income = ((NumericColumn) people.column("income")).values();
    double[] debt = ((NumericColumn) people.column("debt_ratio")).values();
    TextColumn history = (TextColumn) people.column("credit_history");
    TextColumn region = (TextColumn) people.column("region");
    double[] logOdds = new double[people.rows()];
    for (int row = 0; row < logOdds.length; row++) {
      logOdds[row] =
          (income[row] - 36_000) / 20_000
              - 2 * (debt[row] - 0.35)
              + (history.value(row).equals("clean") ? 0.6 : -0.4)
              // Women live on the coast and in the hills more often than men.
              + switch (region.value(row)) {
                case "coast", "hills" -> -0.8;
                default -> 0.8;
              };
    }
    return logOdds;
  }
}
