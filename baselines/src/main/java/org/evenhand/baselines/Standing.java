package org.evenhand.baselines;

import java.util.List;

/**
 * How well decisions serve a goal. Bounds come first, then the objective, then a lower Model Bias,
 * then fewer changed decisions, so that ties are always decided alike.
 *
 * @param missed by how much bounds are missed
 * @param objective the figure to raise
 * @param bias Model Bias
 * @param changed weight of the rows whose decision changes
 */
record Standing(double missed, double objective, double bias, double changed) {
  /** Differences below this are rounding. */
  static final double EQUAL = 1e-12;

  /** The standing of one point of each curve. */
  static Standing of(ThresholdGoal goal, List<ValueCurve> curves, int[] points, Figures figures) {
    double changed = 0;
    for (int b = 0; b < points.length; b++) {
      ValueCurve curve = curves.get(b);
      changed += Math.abs(curve.above(points[b]) - curve.above(curve.today()));
    }
    return new Standing(
        goal.missed(figures), goal.objective().of(figures), figures.modelBias(), changed);
  }

  boolean betterThan(Standing other) {
    if (Math.abs(missed - other.missed) > EQUAL) {
      return missed < other.missed;
    }
    if (Math.abs(objective - other.objective) > EQUAL) {
      return objective > other.objective;
    }
    if (Math.abs(bias - other.bias) > EQUAL) {
      return bias < other.bias;
    }
    return changed < other.changed - EQUAL;
  }
}
