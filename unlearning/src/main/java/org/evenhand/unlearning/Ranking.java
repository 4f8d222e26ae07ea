package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Training rows in the order of their influence on bias, the most harmful first. */
final class Ranking {
  private final double[] influence;
  private final int[] order;

  /**
   * A ranking.
   *
   * @param influence one per row, positive where harmful
   */
  Ranking(double[] influence) {
    this.influence = influence;
    this.order =
        IntStream.range(0, influence.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -influence[row]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  double[] influence() {
    return influence;
  }

  /** The most harmful rows, none that is not harmful. */
  int[] harmful(int count) {
    return Arrays.stream(order).limit(count).filter(row -> influence[row] > 0).toArray();
  }

  /** The most helpful rows, the best first, none that is not helpful. */
  int[] helpful(int count) {
    return IntStream.rangeClosed(1, Math.min(count, order.length))
        .map(place -> order[order.length - place])
        .filter(row -> influence[row] < 0)
        .toArray();
  }
}
