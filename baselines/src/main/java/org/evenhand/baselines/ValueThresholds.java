package org.evenhand.baselines;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.evenhand.core.DecisionRule;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Folds;
import org.evenhand.repair.Method;
import org.evenhand.repair.OutOfFold;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/**
 * One threshold for each value of the attribute, chosen on the calibration rows: the best figure
 * within bounds. Every decision that is best for such figures and reads the attribute has this form
 * (Corbett-Davies et al. 2017; Hardt, Price and Srebro 2016, section 4.2).
 *
 * <pre>{@code
 * Repair repair = new ValueThresholds(ThresholdGoal.DEFAULT.withMaxModelBias(0.01));
 * }</pre>
 */
public final class ValueThresholds implements Searchable {
  private static final Method METHOD =
      new Method(
          "value-thresholds",
          "one threshold per value",
          "Corbett-Davies, Pierson, Feller, Goel and Huq 2017, section 3; docs/baselines.md",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED));

  private static final int FOLDS = 5;

  private final List<ThresholdGoal> goals;

  /**
   * The method for a goal.
   *
   * @param goal what the thresholds are chosen for
   */
  public ValueThresholds(ThresholdGoal goal) {
    this(List.of(goal));
  }

  /**
   * The method with several goals that a search can choose among.
   *
   * @param goals what the thresholds can be chosen for; without a search, for the first; at least
   *     one
   */
  public ValueThresholds(List<ThresholdGoal> goals) {
    this.goals = List.copyOf(goals);
    if (goals.isEmpty()) {
      throw new BaselinesException("Thresholds need a goal, but none is given.");
    }
  }

  /**
   * Each objective with bounds on Model Bias of 0, 1, 2 and 4 points.
   *
   * @param maxAccuracyLoss what overall accuracy may fall by, as a fraction
   */
  public static ValueThresholds ofUsualGoals(double maxAccuracyLoss) {
    return new ValueThresholds(
        Arrays.stream(Objective.values())
            .flatMap(
                objective ->
                    DoubleStream.of(0, 0.01, 0.02, 0.04)
                        .mapToObj(
                            bound ->
                                ThresholdGoal.DEFAULT
                                    .withObjective(objective)
                                    .withMaxModelBias(bound)
                                    .withMaxAccuracyLoss(maxAccuracyLoss)))
            .toList());
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    Folds folds =
        Folds.stratified(
            List.of(
                task.rows().target().codes(),
                task.rows().attribute(task.attributes().get(0)).codes()),
            FOLDS,
            task.seed());
    DecisionRule rule = task.decisionRule().onScores(task.scores());
    List<OutOfFold> judged = goals.stream().map(goal -> new OutOfFold(task, rule)).toList();
    for (int fold = 0; fold < FOLDS; fold++) {
      ByValue fitted = ByValue.of(task.select(folds.outside(fold)), METHOD);
      for (int g = 0; g < goals.size(); g++) {
        float[] cuts = fitted.cuts(ThresholdSearch.best(fitted, goals.get(g)));
        judged.get(g).note(folds.in(fold), ValueShift.ofCuts(fitted.reader(), cuts)::apply);
      }
    }
    return IntStream.range(0, goals.size())
        .mapToObj(
            g ->
                judged
                    .get(g)
                    .candidate(METHOD, goals.get(g).text(), () -> proposal(task, goals.get(g))))
        .toList();
  }

  @Override
  public Proposal propose(RepairTask task) {
    return proposal(task, goals.get(0));
  }

  private static Proposal proposal(RepairTask task, ThresholdGoal goal) {
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
