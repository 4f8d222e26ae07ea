package org.evenhand.audit;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction for looking at several attributes at once. */
final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values, at most 1 and in the order of the raw ones. A NaN is no test: it stays and
   * does not count.
   */
  static double[] adjust(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .filter(i -> !Double.isNaN(pValues[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = pValues.clone();
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      double scaled = (order.length - rank) * pValues[order[rank]];
      largest = Math.max(largest, Math.min(1, scaled));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
