package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Equalized odds of decisions (Hardt, Price and Srebro 2016, section 4.1): for each value and
 * decision the probability of deciding as class 1 instead, such that true and false positive rates
 * are the same for all values, by a linear programme.
 *
 * <p>That decides by chance. Proposed is the threshold of each value that selects the same share of
 * its rows; the expected figures of chance stand beside it.
 */
public final class EqualizedOdds implements Repair {
  private static final Method METHOD =
      new Method(
          "equalized-odds",
          "equalized odds",
          "Hardt, Price and Srebro 2016, section 4.1",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED),
          true);

  private final Objective objective;

  /**
   * The method.
   *
   * @param objective overall accuracy, as published, or average group accuracy, as AI Fairness 360
   *     has it
   * @throws BaselinesException if it is the worst group
   */
  public EqualizedOdds(Objective objective) {
    MixedDecisions.requireLinear(objective);
    this.objective = objective;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    ByValue rows = ByValue.of(task, METHOD);
    MixedDecisions mixed = mixed(rows, objective);
    Figures expected = mixed.expected();
    return new ThresholdProposal(METHOD, task, rows)
        .settings(List.of(Fact.text("objective", "Raised", objective.title())))
        .why(
            "It was asked for; the linear programme has one best solution, or the one of these that changes the fewest rows.")
        .detail(mixing(task, rows, mixed.shares()))
        .randomised(expected)
        .proposeShares(selected(rows, expected));
  }

  /** The best probabilities of class 1: two for each judged value, by today's decision. */
  static MixedDecisions mixed(ByValue rows, Objective objective) {
    List<MixedDecisions.Way> ways = new ArrayList<>();
    for (int b : rows.judged()) {
      ValueCurve curve = rows.curves().get(b);
      double right = curve.right()[curve.today()];
      double wrong = curve.wrong()[curve.today()];
      double missed = curve.positives() - right;
      double spared = curve.negatives() - wrong;
      ways.add(new MixedDecisions.Way(b, missed, spared, missed + spared));
      ways.add(new MixedDecisions.Way(b, right, wrong, -(right + wrong)));
    }
    LinearProgramme programme = new LinearProgramme();
    for (int i = 0; i < ways.size(); i++) {
      double[] one = new double[ways.size()];
      one[i] = 1;
      programme.atMost(one, 1);
    }
    return MixedDecisions.best(rows, ways, objective, 0, programme);
  }

  /** Expected weight of each value's rows that are decided as class 1. */
  static double[] selected(ByValue rows, Figures figures) {
    double[] selected = new double[rows.curves().size()];
    for (int b = 0; b < selected.length; b++) {
      selected[b] = figures.rate(b, 1) * rows.curves().get(b).weight();
    }
    return selected;
  }

  private static FactTable mixing(RepairTask task, ByValue rows, double[] shares) {
    List<String> classes = task.answers().classes().names();
    List<List<Value>> table = new ArrayList<>();
    int[] judged = rows.judged();
    for (int i = 0; i < judged.length; i++) {
      table.add(
          List.of(
              new Value.Text(rows.curves().get(judged[i]).value()),
              new Value.Quantity(shares[2 * i], Unit.PERCENT),
              new Value.Quantity(shares[2 * i + 1], Unit.PERCENT)));
    }
    return FactTable.of(
        "mixing",
        "Chance of '%s' that the linear programme gives".formatted(classes.get(1)),
        List.of(
            new FactTable.Column("attribute", "Value"),
            new FactTable.Column("where_first", "Where '%s' is decided".formatted(classes.get(0))),
            new FactTable.Column(
                "where_second", "Where '%s' is decided".formatted(classes.get(1)))),
        table);
  }
}
