package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value.Unit;

/**
 * Relaxed equalized odds of scores (Cruz and Hardt 2024): a linear programme over the corners of
 * each value's ROC hull, such that true and false positive rates differ between any two values by
 * at most a tolerance. Tolerance 0 is equalized odds of scores (Hardt, Price and Srebro 2016,
 * section 4.2).
 *
 * <p>That decides by chance. Proposed is the threshold of each value that selects the same share of
 * its rows; the expected figures of chance stand beside it.
 */
public final class RelaxedOdds implements Repair {
  private static final Method METHOD =
      new Method(
          "relaxed-odds",
          "relaxed equalized odds",
          "Cruz and Hardt 2024",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED),
          true);

  private final Objective objective;
  private final double tolerance;

  /**
   * The method.
   *
   * @param objective overall or average group accuracy
   * @param tolerance of differences between rates, 0 to 1
   * @throws BaselinesException if the objective is the worst group, or the tolerance is outside
   */
  public RelaxedOdds(Objective objective, double tolerance) {
    MixedDecisions.requireLinear(objective);
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new BaselinesException(
          "The tolerance of rates is %s; it must lie between 0 and 1.".formatted(tolerance));
    }
    this.objective = objective;
    this.tolerance = tolerance;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    ByValue rows = ByValue.of(task, METHOD);
    Figures expected = mixed(rows, objective, tolerance).expected();
    return new ThresholdProposal(METHOD, task, rows)
        .settings(
            List.of(
                Fact.text("objective", "Raised", objective.title()),
                Fact.number("tolerance", "Rates differ by at most", tolerance, Unit.POINTS)))
        .why(
            "It was asked for; the linear programme has one best solution, or the one of these that changes the fewest rows.")
        .randomised(expected)
        .proposeShares(EqualizedOdds.selected(rows, expected));
  }

  /** The best mixture of the corners of each judged value's hull. */
  static MixedDecisions mixed(ByValue rows, Objective objective, double tolerance) {
    List<MixedDecisions.Way> ways = new ArrayList<>();
    for (int b : rows.judged()) {
      ValueCurve curve = rows.curves().get(b);
      for (int point : hull(curve)) {
        ways.add(
            new MixedDecisions.Way(
                b,
                curve.right()[point],
                curve.wrong()[point],
                Math.abs(curve.above(point) - curve.above(curve.today()))));
      }
    }
    LinearProgramme programme = new LinearProgramme();
    for (int b : rows.judged()) {
      programme.equal(ways.stream().mapToDouble(way -> way.value() == b ? 1 : 0).toArray(), 1);
    }
    return MixedDecisions.best(rows, ways, objective, tolerance, programme);
  }

  /** The corners of the least concave curve above a ROC curve, from no row selected to all. */
  static int[] hull(ValueCurve curve) {
    int[] corners = new int[curve.points()];
    int size = 0;
    for (int point = 0; point < curve.points(); point++) {
      while (size >= 2 && !turnsDown(curve, corners[size - 2], corners[size - 1], point)) {
        size--;
      }
      corners[size++] = point;
    }
    return Arrays.copyOf(corners, size);
  }

  private static boolean turnsDown(ValueCurve curve, int before, int corner, int after) {
    double alongWrong = curve.wrong()[corner] - curve.wrong()[before];
    double alongRight = curve.right()[corner] - curve.right()[before];
    double onWrong = curve.wrong()[after] - curve.wrong()[corner];
    double onRight = curve.right()[after] - curve.right()[corner];
    return alongRight * onWrong > alongWrong * onRight;
  }
}
