package org.evenhand.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;

/**
 * A head without bias and rows for it, of the size of a real one: what they hold costs nothing.
 *
 * @param head with random weights
 */
record SimulatedHead(Head head) {
  /**
   * Weights that make answers neither certain nor even.
   *
   * @param classes K
   * @param features d
   */
  static SimulatedHead of(int classes, int features) {
    Random random = new Random(1);
    float[] weights = new float[classes * features];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(features));
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new SimulatedHead(
        new Head(
            new Classes(names),
            new DenseLayer(features, classes, weights, new float[classes]),
            false,
            Head.Link.SOFTMAX));
  }

  /** Rows of rectified normal features, as hidden layers give. */
  HeadRows rows(int count, long seed) {
    Random random = new Random(seed);
    double[] features = new double[count * head.features()];
    for (int i = 0; i < features.length; i++) {
      features[i] = Math.max(0, random.nextGaussian());
    }
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    int[] targets = random.ints(count, 0, head.classes().size()).toArray();
    return HeadRows.of(head, features, targets, weights);
  }

  /** Pairs whose members have nothing to do with each other, but for the true class. */
  PairRows pairs(int count) {
    HeadRows factual = rows(count, 2);
    HeadRows counterpart =
        HeadRows.of(head, rows(count, 3).features(), factual.targets(), factual.weights());
    int[] to = new int[count];
    Arrays.fill(to, 1);
    return new PairRows(factual, counterpart, new int[count], to);
  }
}
