package org.evenhand.repair;

import java.util.Arrays;
import org.evenhand.core.LabelledSet;

/**
 * What answers to pairs of rows and their twins come to.
 *
 * @param bias counterfactual bias: mean absolute difference of the true class's probability between
 *     a row and its twin
 * @param error standard error of that mean
 * @param truth probability of the true class for the rows as they are, the mean over groups of a
 *     class and a value; what answers lose that only become flat
 */
record PairFigures(double bias, double error, double truth) {
  /** Where there are no pairs. */
  static final PairFigures NONE = new PairFigures(Double.NaN, Double.NaN, Double.NaN);

  /**
   * Counts.
   *
   * @param twins all pairs
   * @param some indices of those that count
   * @param chances of all pairs
   */
  static PairFigures of(Twins twins, int[] some, PairChances chances) {
    double[] moments = moments(twins, some, differences(chances));
    return new PairFigures(moments[0], moments[1], truth(twins, some, chances));
  }

  /** Of all pairs, how much their mean difference changes; a 90 % interval. */
  static PairedChange change(Twins twins, PairChances before, PairChances after) {
    double[] was = differences(before);
    double[] changes = differences(after);
    Arrays.setAll(changes, pair -> changes[pair] - was[pair]);
    int[] all = new int[changes.length];
    Arrays.setAll(all, pair -> pair);
    double[] moments = moments(twins, all, changes);
    return PairedChange.ofMean(moments[0], moments[1]);
  }

  private static double[] differences(PairChances chances) {
    double[] differences = new double[chances.factual().length];
    Arrays.setAll(
        differences, pair -> Math.abs(chances.factual()[pair] - chances.counterfactual()[pair]));
    return differences;
  }

  /** Mean and its standard error. */
  private static double[] moments(Twins twins, int[] some, double[] values) {
    double[] weights = twins.pairs().factual().weights();
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int pair : some) {
      total += weights[pair];
      sum += weights[pair] * values[pair];
      squares += weights[pair] * values[pair] * values[pair];
    }
    double mean = sum / total;
    return new double[] {mean, Math.sqrt(Math.max(0, squares / total - mean * mean) / total)};
  }

  private static double truth(Twins twins, int[] some, PairChances chances) {
    LabelledSet rows = twins.pairs().factual();
    int[] values = twins.pairs().factualAttribute().codes();
    int most = twins.pairs().factualAttribute().size();
    double[] sums = new double[rows.target().classes().size() * most];
    double[] sizes = new double[sums.length];
    for (int pair : some) {
      int group = rows.target().codes()[pair] * most + values[pair];
      sizes[group] += rows.weights()[pair];
      sums[group] += rows.weights()[pair] * chances.factual()[pair];
    }
    double mean = 0;
    long groups = Arrays.stream(sizes).filter(size -> size > 0).count();
    for (int group = 0; group < sums.length; group++) {
      mean += sizes[group] > 0 ? sums[group] / sizes[group] / groups : 0;
    }
    return mean;
  }
}
