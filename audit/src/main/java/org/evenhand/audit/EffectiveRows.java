package org.evenhand.audit;

import java.util.Arrays;
import org.evenhand.core.LabelledSet;

/** How many equal rows a sample with sampling weights is worth. */
public final class EffectiveRows {
  /** Values that differ by less do so by rounding. */
  private static final double ROUNDING = 1e-20;

  private EffectiveRows() {}

  /**
   * The number of equal rows that know a mean as well as weighted ones do: their variance over that
   * of the weighted mean m, Σw²(x − m)²/(Σw)², as Korn and Graubard (1998) have it for a share.
   * Where all values are alike, that says nothing, and the number is Kish's, (Σw)²/Σw².
   *
   * @param values one per row
   * @param weights sampling weights, one per row, with a positive sum
   * @return at most the number of rows with weight
   */
  public static double number(double[] values, double[] weights) {
    double total = Arrays.stream(weights).sum();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
    }
    double mean = sum / total;
    double spread = 0;
    double linearised = 0;
    double squares = 0;
    double rows = 0;
    for (int i = 0; i < values.length; i++) {
      double deviation = (values[i] - mean) * (values[i] - mean);
      double square = weights[i] * weights[i];
      spread += weights[i] * deviation;
      linearised += square * deviation;
      squares += square;
      rows += weights[i] > 0 ? 1 : 0;
    }
    return Math.min(
        rows, spread > ROUNDING * total ? total * spread / linearised : total * total / squares);
  }

  /** The weights in the same proportions, with the sum {@link #number}. */
  static double[] scaled(double[] values, double[] weights) {
    double total = Arrays.stream(weights).sum();
    double factor = total > 0 ? number(values, weights) / total : 1;
    return Arrays.stream(weights).map(weight -> factor * weight).toArray();
  }

  /**
   * Rows to fit on, of which a method may count the weights: in the same proportions, with Kish's
   * number as their sum.
   *
   * @param rows with sampling weights
   */
  public static LabelledSet counted(LabelledSet rows) {
    return new LabelledSet(
        rows.inputs(),
        rows.target(),
        rows.attributes(),
        scaled(new double[rows.rows()], rows.weights()));
  }
}
