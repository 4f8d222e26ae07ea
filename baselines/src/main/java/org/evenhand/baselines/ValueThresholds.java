package org.evenhand.baselines;

import java.util.Set;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * One threshold for each value of the attribute, chosen on the calibration rows: the best figure
 * within bounds. Every decision that is best for such figures and reads the attribute has this form
 * (Corbett-Davies et al. 2017; Hardt, Price and Srebro 2016, section 4.2).
 *
 * <pre>{@code
 * Repair repair = new ValueThresholds(ThresholdGoal.DEFAULT.withMaxModelBias(0.01));
 * }</pre>
 */
public final class ValueThresholds implements Repair {
  private static final Method METHOD =
      new Method(
          "value-thresholds",
          "one threshold per value",
          "Corbett-Davies, Pierson, Feller, Goel and Huq 2017, section 3; docs/baselines.md",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED));

  private final ThresholdGoal goal;

  /**
   * The method for a goal.
   *
   * @param goal what the thresholds are chosen for
   */
  public ValueThresholds(ThresholdGoal goal) {
    this.goal = goal;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    ByValue rows = ByValue.of(task, METHOD);
    int[] points = ThresholdSearch.best(rows, goal);
    Figures figures = Figures.of(rows.curves(), points);
    String why =
        goal.missed(figures) > 0
            ? "No thresholds keep the bounds on the calibration rows; these miss them by least."
            : "Of all thresholds that keep the bounds on the calibration rows, these have the highest %s%s."
                .formatted(
                    goal.objective().title(),
                    rows.judged().length > 2 ? " that a search value by value found" : "");
    return new ThresholdProposal(METHOD, task, rows)
        .settings(goal.settings())
        .why(why)
        .propose(points);
  }
}
