package org.evenhand.unlearning;

import java.util.HashMap;
import java.util.Map;

/**
 * Weights under which, within a class, every attribute value counts the same, and every class
 * counts as it did.
 */
final class GroupBalance {
  private GroupBalance() {}

  /** Both members of all pairs, the factual rows first, so weighted. */
  static HeadRows of(PairRows pairs, int classes) {
    return of(pairs.members(), pairs.memberValues(), classes);
  }

  /** Any rows so weighted, by the attribute value of each. */
  static HeadRows of(HeadRows rows, int[] values, int classes) {
    return rows.weighted(weights(rows, values, classes));
  }

  private static double[] weights(HeadRows rows, int[] values, int classes) {
    double[] ofClass = new double[classes];
    int[] valuesOfClass = new int[classes];
    Map<Long, Double> ofGroup = new HashMap<>();
    for (int row = 0; row < rows.rows(); row++) {
      int target = rows.targets()[row];
      ofClass[target] += rows.weights()[row];
      ofGroup.merge(group(target, values[row]), rows.weights()[row], Double::sum);
    }
    ofGroup.forEach((group, weight) -> valuesOfClass[(int) (group >> 32)] += weight > 0 ? 1 : 0);
    double[] weights = new double[rows.rows()];
    for (int row = 0; row < weights.length; row++) {
      int target = rows.targets()[row];
      double group = ofGroup.getOrDefault(group(target, values[row]), 0.0);
      weights[row] =
          group == 0 ? 0 : rows.weights()[row] * ofClass[target] / (valuesOfClass[target] * group);
    }
    return weights;
  }

  private static long group(int target, int value) {
    return ((long) target << 32) | value;
  }
}
