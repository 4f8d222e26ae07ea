package org.evenhand.unlearning;

/**
 * What one setting of a rule did to pairs and rows that it was not fitted to, item by item, so that
 * settings can be compared in pairs.
 */
final class HeldOut {
  private final double[] differences;
  private final double[] correct;
  private final double[] losses;
  private final double[] asked;

  /**
   * Nothing seen yet.
   *
   * @param pairs m
   * @param items rows that accuracy is measured on
   */
  HeldOut(int pairs, int items) {
    this.differences = new double[pairs];
    this.correct = new double[items];
    this.losses = new double[items];
    this.asked = new double[items];
  }

  void difference(int pair, double difference) {
    differences[pair] = difference;
  }

  /**
   * Notes one answer.
   *
   * @param right whether the decision is the true class
   * @param loss −log of the true class's probability
   */
  void answer(int item, boolean right, double loss) {
    correct[item] += right ? 1 : 0;
    losses[item] += loss;
    asked[item]++;
  }

  /** p_y(x) − p_y(x̄), one per pair. */
  double[] differences() {
    return differences;
  }

  /** The share of right decisions about one row. */
  double correct(int item) {
    return asked[item] == 0 ? 0 : correct[item] / asked[item];
  }

  double accuracy(double[] weights) {
    double sum = 0;
    double total = 0;
    for (int item = 0; item < weights.length; item++) {
      sum += weights[item] * correct(item);
      total += weights[item];
    }
    return sum / total;
  }

  /** The mean cross-entropy. */
  double loss(double[] weights) {
    double sum = 0;
    double total = 0;
    for (int item = 0; item < weights.length; item++) {
      sum += asked[item] == 0 ? 0 : weights[item] * losses[item] / asked[item];
      total += weights[item];
    }
    return sum / total;
  }

  /** The standard error of the difference in accuracy between this and another. */
  double standardError(HeldOut other, double[] weights) {
    double mean = accuracy(weights) - other.accuracy(weights);
    double total = 0;
    double squares = 0;
    for (int item = 0; item < weights.length; item++) {
      double deviation = correct(item) - other.correct(item) - mean;
      total += weights[item];
      squares += weights[item] * weights[item] * deviation * deviation;
    }
    return Math.sqrt(squares) / total;
  }
}
