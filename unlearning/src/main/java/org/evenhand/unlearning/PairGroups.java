package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.CounterfactualPairs.Relation;

/**
 * Which pairs speak about the attribute together. A pair of one individual speaks for itself. Pairs
 * of different individuals do so only in the mean over those of the same class and the same two
 * values: a single difference mixes the attribute with the persons, and the mean of absolute
 * differences also falls when a model merely becomes flat.
 */
final class PairGroups {
  private final PairRows pairs;
  private final int[] groupOf;
  private final int count;

  private PairGroups(PairRows pairs, int[] groupOf, int count) {
    this.pairs = pairs;
    this.groupOf = groupOf;
    this.count = count;
  }

  static PairGroups of(PairRows pairs) {
    if (pairs.relation() == Relation.SAME_INDIVIDUAL) {
      return new PairGroups(pairs, IntStream.range(0, pairs.size()).toArray(), pairs.size());
    }
    int[] groupOf = new int[pairs.size()];
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    for (int pair = 0; pair < groupOf.length; pair++) {
      List<Integer> key =
          List.of(pairs.factual().targets()[pair], pairs.from()[pair], pairs.to()[pair]);
      groupOf[pair] = numbers.computeIfAbsent(key, k -> numbers.size());
    }
    return new PairGroups(pairs, groupOf, numbers.size());
  }

  int count() {
    return count;
  }

  int of(int pair) {
    return groupOf[pair];
  }

  /** The total weight of every group. */
  double[] weights() {
    double[] ones = new double[groupOf.length];
    Arrays.fill(ones, 1);
    return sums(ones);
  }

  /** The sign of the mean difference of every pair's group. */
  double[] signs(double[] differences) {
    double[] sums = sums(differences);
    double[] signs = new double[differences.length];
    for (int pair = 0; pair < signs.length; pair++) {
      signs[pair] = Math.signum(sums[groupOf[pair]]);
    }
    return signs;
  }

  private double[] sums(double[] values) {
    double[] sums = new double[count];
    for (int pair = 0; pair < groupOf.length; pair++) {
      sums[groupOf[pair]] += pairs.factual().weights()[pair] * values[pair];
    }
    return sums;
  }

  /**
   * The standard error of the mean of values, one per pair: those of different individuals scatter
   * about their group's mean, those of one about the mean of all.
   */
  double standardError(double[] values) {
    double[] weights = pairs.factual().weights();
    double[] sums = sums(values);
    double[] ofGroup = weights();
    double total = pairs.weight();
    double mean = Arrays.stream(sums).sum() / total;
    double squares = 0;
    for (int pair = 0; pair < values.length; pair++) {
      int group = groupOf[pair];
      double centre =
          pairs.relation() == Relation.SAME_INDIVIDUAL ? mean : sums[group] / ofGroup[group];
      double deviation = weights[pair] == 0 ? 0 : weights[pair] * (values[pair] - centre);
      squares += deviation * deviation;
    }
    return Math.sqrt(squares) / total;
  }
}
