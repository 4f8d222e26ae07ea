package org.evenhand.core;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The members of an attribute's groups. A row whose value is known is a member once; one whose
 * value is unknown, nowhere; one that is known by probabilities, of every value that it may have,
 * with that share of its weight.
 *
 * <p>Shares are counted as rows and the groups as independent of each other. That never makes an
 * interval too narrow. Let row i, with outcome variance v_i, be a member of b with share p_ib, let
 * n_b = Σ_i p_ib, and let A_b = Σ_i p_ib·y_i / n_b be the group's accuracy. For any c,
 *
 * <p>Var(Σ_b c_b·A_b) = Σ_i v_i·(Σ_b p_ib·c_b/n_b)² ≤ Σ_i v_i·Σ_b p_ib·(c_b/n_b)² = Σ_b
 * c_b²·v̄_b/n_b
 *
 * <p>by Jensen's inequality, since Σ_b p_ib = 1; v̄_b is the group's mean of v_i. The right side is
 * what n_b whole rows in independent groups have. Kish's effective number (Σp)²/Σp² is larger than
 * n_b for shares below 1, and would make means over groups too certain, because groups that share
 * rows err together.
 *
 * @param rows the row of every member, ascending
 * @param attribute the value of every member, always certain
 * @param weights the frequency weight of every member
 * @param known the weight of the rows that are members of something
 * @param unknown the weight of the rows that are members of nothing
 */
public record Members(
    int[] rows, Attribute attribute, double[] weights, double known, double unknown) {

  /**
   * The members of an attribute's groups.
   *
   * @param attribute certain or not
   * @param weights frequency weights, one per row of the attribute
   */
  public static Members of(Attribute attribute, double[] weights) {
    if (attribute.certain()) {
      return new Members(
          IntStream.range(0, weights.length).toArray(),
          attribute,
          weights,
          Arrays.stream(weights).sum(),
          0);
    }
    int size = attribute.size();
    int most = weights.length * (attribute.probabilities().isPresent() ? size : 1);
    int[] rows = new int[most];
    int[] codes = new int[most];
    double[] shares = new double[most];
    int members = 0;
    double known = 0;
    double unknown = 0;
    for (int row = 0; row < weights.length; row++) {
      int code = attribute.codes()[row];
      if (code == Attribute.UNKNOWN) {
        unknown += weights[row];
        continue;
      }
      known += weights[row];
      for (int b = 0; b < size; b++) {
        double share = share(attribute, row, b);
        if (share > 0) {
          rows[members] = row;
          codes[members] = b;
          shares[members++] = share * weights[row];
        }
      }
    }
    return new Members(
        Arrays.copyOf(rows, members),
        new Attribute(attribute.name(), attribute.values(), Arrays.copyOf(codes, members)),
        Arrays.copyOf(shares, members),
        known,
        unknown);
  }

  /**
   * Those that stand for some of the rows; how much is known of all rows stays said.
   *
   * @param kept whether a row is one of them, one per row of the attribute
   */
  public Members among(boolean[] kept) {
    int[] of = IntStream.range(0, rows.length).filter(m -> kept[rows[m]]).toArray();
    return new Members(
        Arrays.stream(of).map(m -> rows[m]).toArray(),
        attribute.select(of),
        Arrays.stream(of).mapToDouble(m -> weights[m]).toArray(),
        known,
        unknown);
  }

  private static double share(Attribute attribute, int row, int value) {
    return attribute.probabilities().isPresent()
        ? attribute.probabilities().get()[row * attribute.size() + value]
        : attribute.codes()[row] == value ? 1 : 0;
  }
}
