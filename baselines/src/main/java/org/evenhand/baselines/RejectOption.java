package org.evenhand.baselines;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value.Unit;

/**
 * Reject option based classification (Kamiran, Karim and Zhang 2012): in the critical region, where
 * the larger of the two probabilities is below θ, rows of values that are selected less often than
 * all rows together are decided as the selected class, and rows of other values are not.
 *
 * <p>That is a threshold for each value: −logit θ for the former and +logit θ for the latter. Which
 * class is called selected makes no difference, since the values change sides with the class. With
 * a threshold other than ½, log-odds count from there.
 */
public final class RejectOption implements Repair {
  private static final Method METHOD =
      new Method(
          "reject-option",
          "reject option",
          "Kamiran, Karim and Zhang 2012",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED));

  private final ThresholdGoal goal;

  /**
   * The method for a goal.
   *
   * @param goal what θ is chosen for
   */
  public RejectOption(ThresholdGoal goal) {
    this.goal = goal;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    ByValue rows = ByValue.of(task, METHOD);
    double[] sides = sides(rows);
    float width = 0;
    int[] points = rows.today();
    Standing best = Standing.of(goal, rows.curves(), points, Figures.today(rows.curves()));
    for (float candidate : widths(rows)) {
      int[] tried = points(rows, sides, candidate);
      Figures then = Figures.of(rows.curves(), tried);
      Standing standing = Standing.of(goal, rows.curves(), tried, then);
      if (standing.betterThan(best)) {
        best = standing;
        width = candidate;
        points = tried;
      }
    }
    double theta = 1 / (1 + Math.exp(-width));
    return new ThresholdProposal(METHOD, task, rows)
        .settings(goal.settings())
        .why(
            best.missed() > 0
                ? "No critical region keeps the bounds on the calibration rows; this one misses them by least."
                : "Of the critical regions that keep the bounds on the calibration rows, this one has the highest %s."
                    .formatted(goal.objective().title()))
        .detail(
            Fact.number("theta", "Critical region: larger probability below", theta, Unit.PERCENT))
        .propose(points, cuts(sides, width));
  }

  /** −1 for a value whose rows are to be selected more, +1 for one whose rows less, else 0. */
  private static double[] sides(ByValue rows) {
    List<ValueCurve> curves = rows.curves();
    double selected = curves.stream().mapToDouble(curve -> curve.above(curve.today())).sum();
    double all = curves.stream().mapToDouble(ValueCurve::weight).sum();
    return curves.stream()
        .mapToDouble(
            curve ->
                curve.judged()
                    ? Math.signum(curve.above(curve.today()) / curve.weight() - selected / all)
                    : 0)
        .toArray();
  }

  private static int[] points(ByValue rows, double[] sides, float width) {
    int[] points = rows.today();
    float[] cuts = cuts(sides, width);
    for (int b = 0; b < points.length; b++) {
      if (sides[b] != 0) {
        points[b] = rows.curves().get(b).pointOf(cuts[b]);
      }
    }
    return points;
  }

  private static float[] cuts(double[] sides, float width) {
    float[] cuts = new float[sides.length];
    for (int b = 0; b < cuts.length; b++) {
      cuts[b] = (float) sides[b] * width;
    }
    return cuts;
  }

  /** Every half-width of the region, in nats, at which another row comes into it, ascending. */
  private static SortedSet<Float> widths(ByValue rows) {
    SortedSet<Float> widths = new TreeSet<>();
    for (int b : rows.judged()) {
      for (float cut : rows.curves().get(b).cuts()) {
        widths.add(Math.abs(cut));
      }
    }
    return widths;
  }
}
