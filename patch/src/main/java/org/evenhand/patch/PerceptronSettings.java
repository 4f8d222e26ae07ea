package org.evenhand.patch;

import java.util.List;

/**
 * How a {@link Perceptron} is shaped and trained. The defaults are the ones measured best on
 * COMPAS, LSAC and Adult calibration sets of 160 to 8,000 rows.
 *
 * @param hidden sizes of the hidden layers, each at least 1; empty for a softmax regression
 * @param l2 candidates for the penalty {@code l2 / (2n) · Σ weight²} on n rows, biases exempt (as
 *     scikit-learn's {@code alpha}), none negative. Of several, the one is used whose networks,
 *     each trained on one half of the rows, predict the other half best: an attribute that is
 *     itself an input needs next to none, a hardly predictable one needs much. Choosing costs as
 *     much as training once more per candidate
 * @param learningRate Adam's first step size, positive; it falls linearly to zero
 * @param batchSize rows a step, at least 1
 * @param epochs passes over the rows, at least 1
 * @param minSteps small sets are passed over more often, until so many steps are made; may be 0
 */
public record PerceptronSettings(
    List<Integer> hidden,
    List<Double> l2,
    double learningRate,
    int batchSize,
    int epochs,
    int minSteps) {

  /** The documented defaults: one hidden layer of 32. */
  public static final PerceptronSettings DEFAULT =
      new PerceptronSettings(List.of(32), List.of(1.0, 10.0, 100.0), 5e-3, 64, 20, 1_000);

  /**
   * @throws PatchException if a setting is out of its range
   */
  public PerceptronSettings {
    hidden = List.copyOf(hidden);
    l2 = List.copyOf(l2);
    for (int size : hidden) {
      require(size >= 1, "size of a hidden layer", size, "at least 1");
    }
    require(!l2.isEmpty(), "list of l2 penalties", l2, "at least one number long");
    for (double penalty : l2) {
      require(
          penalty >= 0 && penalty < Double.POSITIVE_INFINITY,
          "l2 penalty",
          penalty,
          "finite and not negative");
    }
    require(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "learning rate",
        learningRate,
        "finite and positive");
    require(batchSize >= 1, "batch size", batchSize, "at least 1");
    require(epochs >= 1, "number of epochs", epochs, "at least 1");
    require(minSteps >= 0, "smallest number of steps", minSteps, "at least 0");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new PatchException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }

  /**
   * The same with other hidden layers.
   *
   * @param sizes of the hidden layers; none for a softmax regression
   */
  public PerceptronSettings withHidden(Integer... sizes) {
    return new PerceptronSettings(List.of(sizes), l2, learningRate, batchSize, epochs, minSteps);
  }

  /**
   * The same with other penalties.
   *
   * @param candidates one to use it, several to choose among them
   */
  public PerceptronSettings withL2(Double... candidates) {
    return new PerceptronSettings(
        hidden, List.of(candidates), learningRate, batchSize, epochs, minSteps);
  }

  /**
   * The same with another length of training.
   *
   * @param passes over the rows
   * @param least number of steps
   */
  public PerceptronSettings withEpochs(int passes, int least) {
    return new PerceptronSettings(hidden, l2, learningRate, batchSize, passes, least);
  }

  /**
   * The same with other steps.
   *
   * @param rate Adam's first step size
   * @param size rows a step
   */
  public PerceptronSettings withSteps(double rate, int size) {
    return new PerceptronSettings(hidden, l2, rate, size, epochs, minSteps);
  }
}
