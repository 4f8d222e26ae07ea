package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Training rows by how much counterfactual bias they put into a head. */
final class HarmfulRows {
  /** How many rows the rules that edit the training set try. */
  static final int[] COUNTS = {50, 200, 1000, 5000};

  private final double[] influence;
  private final int[] order;

  private HarmfulRows(double[] influence) {
    this.influence = influence;
    this.order =
        IntStream.range(0, influence.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -influence[row]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  static HarmfulRows rank(TrainedHead head, PairRows pairs, double relativeRidge) {
    return new HarmfulRows(
        new InfluenceOnBias(head, relativeRidge)
            .of(new CounterfactualBiasFunction(pairs), head.training()));
  }

  /** The most harmful rows, at most half of all, and none that is not harmful. */
  int[] most(int count) {
    int harmful = (int) Arrays.stream(influence).filter(value -> value > 0).count();
    return Arrays.copyOf(order, Math.min(Math.min(count, harmful), order.length / 2));
  }
}
