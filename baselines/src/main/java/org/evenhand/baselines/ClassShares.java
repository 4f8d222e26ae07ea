package org.evenhand.baselines;

import org.evenhand.core.LabelledSet;
import org.evenhand.core.Target;

/** How rows divide into classes. */
final class ClassShares {
  private ClassShares() {}

  /** Each class's share of the rows' weight. */
  static double[] of(LabelledSet rows) {
    Target target = rows.target();
    double[] shares = new double[target.classes().size()];
    double total = rows.weight();
    for (int row = 0; row < rows.rows(); row++) {
      shares[target.codes()[row]] += rows.weights()[row] / total;
    }
    return shares;
  }
}
