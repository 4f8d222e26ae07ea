package org.evenhand.unlearning;

import java.util.HashMap;
import java.util.Map;

/**
 * Weights of the pairs' members under which, within a class, every attribute value counts the same,
 * and every class counts as it did.
 */
final class GroupBalance {
  private GroupBalance() {}

  /** Both members of all pairs, the factual rows first, so weighted. */
  static HeadRows of(PairRows pairs, int classes) {
    HeadRows members = pairs.members();
    int[] values = new int[members.rows()];
    System.arraycopy(pairs.from(), 0, values, 0, pairs.size());
    System.arraycopy(pairs.to(), 0, values, pairs.size(), pairs.size());
    return members.weighted(weights(members, values, classes));
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
