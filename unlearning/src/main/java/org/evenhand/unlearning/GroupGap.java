package org.evenhand.unlearning;

import java.util.Arrays;

/**
 * How far the groups' mean probabilities of the favourable class lie apart: the smooth forms of the
 * usual group metrics, |mean p(x) over one group − mean p(x) over another|. With more than two
 * groups, the largest mean minus the smallest.
 *
 * @param rows rows with their true classes
 * @param groups the attribute value of every row
 * @param favourable the class whose probability counts
 * @param criterion which rows are compared
 */
public record GroupGap(HeadRows rows, int[] groups, int favourable, Criterion criterion)
    implements BiasFunction {
  /** Which rows are compared. */
  public enum Criterion {
    /** All. */
    DEMOGRAPHIC_PARITY("demographic parity gap"),
    /** Those whose true class is the favourable one. */
    EQUAL_OPPORTUNITY("equal opportunity gap"),
    /** Those of each true class apart; the largest of the gaps. */
    EQUALIZED_ODDS("equalized odds gap");

    private final String label;

    Criterion(String label) {
      this.label = label;
    }
  }

  /** Means of two groups within one selection of rows: the high one and the low one. */
  private record Extremes(int target, int high, int low, double gap) {}

  private static final int ANY = -1;

  @Override
  public String label() {
    return criterion.label;
  }

  @Override
  public double value(HeadShape shape, double[] parameters) {
    return widest(shape, shape.probabilities(parameters, rows)).gap();
  }

  @Override
  public double[] gradient(HeadShape shape, double[] parameters) {
    double[] p = shape.probabilities(parameters, rows);
    Extremes widest = widest(shape, p);
    double high = weight(widest.target(), widest.high());
    double low = weight(widest.target(), widest.low());
    double[] coefficients = new double[rows.rows()];
    for (int row = 0; row < coefficients.length; row++) {
      if (selected(row, widest.target())) {
        coefficients[row] += groups[row] == widest.high() ? rows.weights()[row] / high : 0;
        coefficients[row] -= groups[row] == widest.low() ? rows.weights()[row] / low : 0;
      }
    }
    int[] classes = new int[rows.rows()];
    Arrays.fill(classes, favourable);
    return ProbabilityGradient.of(shape, rows, p, classes, coefficients);
  }

  private Extremes widest(HeadShape shape, double[] p) {
    Extremes widest = new Extremes(ANY, 0, 0, -1);
    for (int target : targets(shape)) {
      Extremes found = extremes(shape, p, target);
      widest = found.gap() > widest.gap() ? found : widest;
    }
    return widest;
  }

  private int[] targets(HeadShape shape) {
    return switch (criterion) {
      case DEMOGRAPHIC_PARITY -> new int[] {ANY};
      case EQUAL_OPPORTUNITY -> new int[] {favourable};
      case EQUALIZED_ODDS -> java.util.stream.IntStream.range(0, shape.classes()).toArray();
    };
  }

  private Extremes extremes(HeadShape shape, double[] p, int target) {
    int values = Arrays.stream(groups).max().orElse(0) + 1;
    double[] sums = new double[values];
    double[] weights = new double[values];
    for (int row = 0; row < rows.rows(); row++) {
      if (selected(row, target)) {
        weights[groups[row]] += rows.weights()[row];
        sums[groups[row]] += rows.weights()[row] * p[row * shape.classes() + favourable];
      }
    }
    int high = -1;
    int low = -1;
    for (int b = 0; b < values; b++) {
      if (weights[b] > 0) {
        high = high < 0 || sums[b] / weights[b] > sums[high] / weights[high] ? b : high;
        low = low < 0 || sums[b] / weights[b] < sums[low] / weights[low] ? b : low;
      }
    }
    double gap = high < 0 ? 0 : sums[high] / weights[high] - sums[low] / weights[low];
    return new Extremes(target, Math.max(high, 0), Math.max(low, 0), gap);
  }

  private boolean selected(int row, int target) {
    return target == ANY || rows.targets()[row] == target;
  }

  private double weight(int target, int group) {
    double weight = 0;
    for (int row = 0; row < rows.rows(); row++) {
      weight += selected(row, target) && groups[row] == group ? rows.weights()[row] : 0;
    }
    return weight;
  }
}
