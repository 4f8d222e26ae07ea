package org.evenhand.baselines;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the points of the values' curves that serve a goal best, as {@link Standing} orders them.
 *
 * <p>Two values: every pair of points is tried, which is exact, unless a curve has more than
 * {@value #MOST} points; then as many of them, evenly spaced, are.
 *
 * <p>More values: one value after the other is the anchor. For each of its points every other value
 * takes the point that serves the objective best less a price times the distance to the anchor's
 * rates, which parts the search into one per value. From the best that was seen, coordinate ascent
 * goes on with what the bounds are missed by at a price. What is found need not be the best there
 * is.
 */
final class ThresholdSearch {
  /** A step between neighbours is then about a tenth of a point of a value's rows. */
  static final int MOST = 1000;

  private static final double[] PRICES = {0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100};
  private static final int ANCHORS = 100;
  private static final int MOST_SWEEPS = 20;

  private final List<ValueCurve> curves;
  private final ThresholdGoal goal;
  private final Figures figures;
  private final int[] at;
  private final int[][] allowed;
  private Standing best;
  private int[] bestAt;

  private ThresholdSearch(ByValue rows, ThresholdGoal goal) {
    this.curves = rows.curves();
    this.goal = goal;
    this.figures = Figures.today(curves);
    this.at = rows.today();
    this.allowed = curves.stream().map(this::allowed).toArray(int[][]::new);
    this.best = standing();
    this.bestAt = at.clone();
  }

  /** One point of each curve. */
  static int[] best(ByValue rows, ThresholdGoal goal) {
    ThresholdSearch search = new ThresholdSearch(rows, goal);
    int[] judged = rows.judged();
    if (judged.length == 2) {
      search.tryPairs(judged[0], judged[1]);
    } else {
      search.anchor(judged);
      search.climb(judged);
    }
    return search.bestAt;
  }

  private int[] allowed(ValueCurve curve) {
    int step = 1 + (curve.points() - 1) / MOST;
    return IntStream.range(0, curve.points())
        .filter(point -> point % step == 0 || point == curve.points() - 1 || point == curve.today())
        .filter(point -> keeps(curve, point))
        .toArray();
  }

  private boolean keeps(ValueCurve curve, int point) {
    return switch (goal.levelUp()) {
      case NONE -> true;
      case SELECTION ->
          goal.selected() == 1
              ? curve.above(point) >= curve.above(curve.today())
              : curve.above(point) <= curve.above(curve.today());
      case ACCURACY -> curve.correct(point) >= curve.correct(curve.today());
    };
  }

  private void tryPairs(int first, int second) {
    for (int i : allowed[first]) {
      move(first, i);
      for (int j : allowed[second]) {
        move(second, j);
        remember();
      }
    }
  }

  private void anchor(int[] judged) {
    for (int anchor : judged) {
      int step = 1 + (allowed[anchor].length - 1) / ANCHORS;
      for (int i = 0; i < allowed[anchor].length; i += step) {
        move(anchor, allowed[anchor][i]);
        for (double price : PRICES) {
          for (int value : judged) {
            if (value != anchor) {
              move(value, nearAnchor(value, anchor, price));
            }
          }
          remember();
        }
      }
    }
  }

  private int nearAnchor(int value, int anchor, double price) {
    ValueCurve curve = curves.get(value);
    boolean byGroup = goal.objective() != Objective.ACCURACY;
    double ofPositives = byGroup ? 1 : curve.positives() / curve.weight();
    double ofNegatives = byGroup ? 1 : curve.negatives() / curve.weight();
    int nearest = allowed[value][0];
    double highest = Double.NEGATIVE_INFINITY;
    for (int point : allowed[value]) {
      double positives = curve.right()[point] / curve.positives();
      double negatives = 1 - curve.wrong()[point] / curve.negatives();
      double height =
          ofPositives * positives
              + ofNegatives * negatives
              - price
                  * (Math.abs(positives - figures.group(1, anchor))
                      + Math.abs(negatives - figures.group(0, anchor)));
      if (height > highest) {
        highest = height;
        nearest = point;
      }
    }
    return nearest;
  }

  private void climb(int[] judged) {
    for (Objective objective : List.of(Objective.ACCURACY, goal.objective())) {
      int[] start = bestAt.clone();
      for (int value : judged) {
        move(value, start[value]);
      }
      climb(judged, objective);
    }
  }

  private void climb(int[] judged, Objective objective) {
    for (double price : PRICES) {
      ascend(judged, objective, price);
    }
    for (int p = PRICES.length - 1; p >= 0; p--) {
      ascend(judged, objective, PRICES[p]);
    }
  }

  private void ascend(int[] judged, Objective objective, double price) {
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      int[] before = at.clone();
      for (int value : judged) {
        int chosen = at[value];
        double highest = objective.of(figures) - price * goal.missed(figures);
        for (int point : allowed[value]) {
          move(value, point);
          remember();
          double height = objective.of(figures) - price * goal.missed(figures);
          if (height > highest + Standing.EQUAL) {
            highest = height;
            chosen = point;
          }
        }
        move(value, chosen);
      }
      if (Arrays.equals(before, at)) {
        return;
      }
    }
  }

  private void move(int value, int point) {
    at[value] = point;
    figures.take(value, point);
  }

  private void remember() {
    double missed = goal.missed(figures);
    if (missed > best.missed() + Standing.EQUAL) {
      return;
    }
    Standing standing = standing();
    if (standing.betterThan(best)) {
      best = standing;
      bestAt = at.clone();
    }
  }

  private Standing standing() {
    return Standing.of(goal, curves, at, figures);
  }
}
