package org.evenhand.unlearning;

import org.evenhand.core.Head;

/**
 * Fits a head anew, without any pairs: what an edit must beat. On group-balanced rows this is deep
 * feature reweighting (DFR, Kirichenko et al. 2023).
 */
public final class HeadRefit {
  private HeadRefit() {}

  /**
   * The head of least cross-entropy on weighted rows, with weights held small.
   *
   * @param head gives the shape; its weights are forgotten
   * @param rows their weights count
   * @param relativeRidge the penalty per row, in mean squares of a feature, positive
   */
  public static Head fit(Head head, HeadRows rows, double relativeRidge) {
    HeadShape shape = HeadShape.of(head);
    double ridge = relativeRidge * HeadRows.meanSquare(rows) * rows.weight();
    double[] zero = new double[shape.parameters()];
    return shape.head(head, HeadObjective.ridged(shape, rows, ridge, zero).minimum(zero));
  }
}
