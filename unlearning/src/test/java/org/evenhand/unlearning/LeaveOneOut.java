package org.evenhand.unlearning;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What influence predicts for the rows of largest influence, the most harmful and the most helpful,
 * beside what leaving each of them out and fitting the head anew really does to the bias.
 *
 * @param predicted −I
 * @param measured B without the row minus B with it
 */
record LeaveOneOut(double[] predicted, double[] measured) {
  /**
   * Fits the head once to all rows and once without each of the ranked ones.
   *
   * @param ridge of the summed loss, about zero
   * @param each how many rows of either end
   */
  static LeaveOneOut of(
      HeadShape shape, HeadRows training, BiasFunction bias, double ridge, int each) {
    double[] zero = new double[shape.parameters()];
    double[] optimum = HeadObjective.ridged(shape, training, ridge, zero).minimum(zero);
    double[] hessian = new CrossEntropy(shape).hessian(optimum, training);
    HessianSolver solver = CholeskySolver.of(hessian, shape.parameters(), ridge);
    double[] influence = new InfluenceOnBias(shape, optimum, solver).of(bias, training);
    double before = bias.value(shape, optimum);

    int[] ranked = bothEnds(influence, each);
    double[] predicted = IntStream.of(ranked).mapToDouble(row -> -influence[row]).toArray();
    double[] measured = new double[ranked.length];
    for (int i = 0; i < ranked.length; i++) {
      double[] weights = training.weights().clone();
      weights[ranked[i]] = 0;
      double[] refit =
          HeadObjective.ridged(shape, training.weighted(weights), ridge, zero).minimum(optimum);
      measured[i] = bias.value(shape, refit) - before;
    }
    return new LeaveOneOut(predicted, measured);
  }

  private static int[] bothEnds(double[] values, int each) {
    int[] order = order(values);
    return IntStream.concat(
            IntStream.of(order).limit(each), IntStream.of(order).skip(order.length - each))
        .toArray();
  }

  private static int[] order(double[] values) {
    return Stream.iterate(0, i -> i + 1)
        .limit(values.length)
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  double pearson() {
    return pearson(predicted, measured);
  }

  double spearman() {
    return pearson(ranks(predicted), ranks(measured));
  }

  private static double[] ranks(double[] values) {
    int[] order = order(values);
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  private static double pearson(double[] a, double[] b) {
    double[] x = centred(a);
    double[] y = centred(b);
    return Vectors.dot(x, y) / (Vectors.norm(x) * Vectors.norm(y));
  }

  private static double[] centred(double[] values) {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] - mean).toArray();
  }
}
