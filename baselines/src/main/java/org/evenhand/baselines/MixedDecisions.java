package org.evenhand.baselines;

import java.util.List;

/**
 * Decisions that are partly chance: a judged value's rows are decided by ways of deciding that are
 * drawn with certain probabilities. The best mixture with odds as equal as asked is a linear
 * programme.
 */
final class MixedDecisions {
  /**
   * A way of deciding the rows of one value.
   *
   * @param value index of the value
   * @param right weight of its rows of class 1 that are decided as class 1
   * @param wrong weight of its rows of class 0 that are decided as class 1
   * @param changed weight of its rows that are decided otherwise than today
   */
  record Way(int value, double right, double wrong, double changed) {}

  private final ByValue rows;
  private final List<Way> ways;
  private final double[] shares;

  private MixedDecisions(ByValue rows, List<Way> ways, double[] shares) {
    this.rows = rows;
    this.ways = ways;
    this.shares = shares;
  }

  /**
   * The best mixture whose true and false positive rates differ between values by no more than is
   * tolerated.
   *
   * @param rows divided by value
   * @param ways shares of them are what is found
   * @param objective overall or average group accuracy
   * @param tolerance 0 to 1
   * @param programme already knows which shares are possible
   */
  static MixedDecisions best(
      ByValue rows,
      List<Way> ways,
      Objective objective,
      double tolerance,
      LinearProgramme programme) {
    int[] judged = rows.judged();
    for (int i = 1; i < judged.length; i++) {
      for (int j = 0; j < (tolerance > 0 ? i : 1); j++) {
        for (int target = 0; target < 2; target++) {
          double[] gap = gap(rows, ways, judged[i], judged[j], target);
          if (tolerance > 0) {
            programme.atMost(gap, tolerance).atMost(negative(gap), tolerance);
          } else {
            programme.equal(gap, 0);
          }
        }
      }
    }
    double total = rows.curves().stream().mapToDouble(ValueCurve::weight).sum();
    double[] costs = new double[ways.size()];
    double[] second = new double[ways.size()];
    for (int i = 0; i < costs.length; i++) {
      Way way = ways.get(i);
      ValueCurve curve = rows.curves().get(way.value());
      costs[i] =
          objective == Objective.AVERAGE_GROUP
              ? (way.wrong() / curve.negatives() - way.right() / curve.positives())
                  / (2 * judged.length)
              : (way.wrong() - way.right()) / total;
      second[i] = way.changed() / total;
    }
    return new MixedDecisions(rows, ways, programme.solve(costs, second));
  }

  /**
   * Refuses an objective that no linear programme here has.
   *
   * @throws BaselinesException if it is the worst group
   */
  static void requireLinear(Objective objective) {
    if (objective == Objective.WORST_GROUP) {
      throw new BaselinesException(
          "Equal odds by a linear programme raise overall or average group accuracy, not that of the worst group; choose one of these.");
    }
  }

  private static double[] gap(ByValue rows, List<Way> ways, int value, int other, int target) {
    double[] gap = new double[ways.size()];
    for (int i = 0; i < gap.length; i++) {
      Way way = ways.get(i);
      ValueCurve curve = rows.curves().get(way.value());
      double rate = target == 1 ? way.right() / curve.positives() : way.wrong() / curve.negatives();
      gap[i] = way.value() == value ? rate : way.value() == other ? -rate : 0;
    }
    return gap;
  }

  private static double[] negative(double[] values) {
    double[] negative = new double[values.length];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -values[i];
    }
    return negative;
  }

  /** The share of each way, in their order. */
  double[] shares() {
    return shares;
  }

  /** What is to be expected over all draws. */
  Figures expected() {
    Figures figures = Figures.today(rows.curves());
    for (int b : rows.judged()) {
      double right = 0;
      double wrong = 0;
      for (int i = 0; i < shares.length; i++) {
        if (ways.get(i).value() == b) {
          right += shares[i] * ways.get(i).right();
          wrong += shares[i] * ways.get(i).wrong();
        }
      }
      figures.take(b, right, wrong);
    }
    return figures;
  }
}
