package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/**
 * Equalized odds that keep scores calibrated (Pleiss et al. 2017, section 4): one expected cost is
 * made the same for all values, by answering a share of the rows of every value but the costliest
 * with the share of class 1 among the value's rows.
 *
 * <p>With c the cost of a value, c′ that of the costliest and t that of the base rate in its place,
 * the share is (c′ − c) / (t − c). Where it is not between 0 and 1, no mixture has equal costs, and
 * the method says so; it does not mix by such a number. The closed form holds for any number of
 * values.
 *
 * <p>That decides by chance. Proposed is the threshold of each value that selects the same share of
 * its rows; the expected figures of chance stand beside it.
 */
public final class CalibratedOdds implements Repair {
  /** The expected cost that is made the same. */
  public enum Cost {
    /** The mean score of rows of class 0. */
    FALSE_POSITIVES("false-positives", "generalised false positive rate"),
    /** One less the mean score of rows of class 1. */
    FALSE_NEGATIVES("false-negatives", "generalised false negative rate"),
    /** The mean of both, by the classes' shares of the value's rows. */
    BOTH("both", "generalised error");

    private final String code;
    private final String title;

    Cost(String code, String title) {
      this.code = code;
      this.title = title;
    }

    /** The name on a command line and in machine output. */
    public String code() {
      return code;
    }

    /** The cost, as it stands in a sentence. */
    public String title() {
      return title;
    }

    /** The cost from the two generalised rates and the share of class 1. */
    double of(double falsePositives, double falseNegatives, double baseRate) {
      return switch (this) {
        case FALSE_POSITIVES -> falsePositives;
        case FALSE_NEGATIVES -> falseNegatives;
        case BOTH -> (falsePositives * (1 - baseRate) + falseNegatives * baseRate) / 2;
      };
    }
  }

  private static final Method METHOD =
      new Method(
          "calibrated-odds",
          "calibrated equalized odds",
          "Pleiss, Raghavan, Wu, Kleinberg and Weinberger 2017, section 4",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.ATTRIBUTE_WHEN_SERVED),
          true);

  private final Cost cost;

  /**
   * The method.
   *
   * @param cost what is made the same for all values
   */
  public CalibratedOdds(Cost cost) {
    this.cost = cost;
  }

  /**
   * What mixing does to one value.
   *
   * @param value index
   * @param baseRate share of class 1 among its rows
   * @param before its cost
   * @param trivial its cost if every row were answered with the base rate
   * @param share of its rows that are
   */
  record Mixing(int value, double baseRate, double before, double trivial, double share) {
    double after() {
      return before + share * (trivial - before);
    }
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    ByValue rows = ByValue.of(task, METHOD);
    List<Mixing> mixings = mixings(task, rows, cost);
    Figures expected = Figures.today(rows.curves());
    double threshold = task.decisionRule().onScores(task.scores()).threshold().orElse(0.5);
    for (Mixing mixing : mixings) {
      ValueCurve curve = rows.curves().get(mixing.value());
      int today = curve.today();
      double base = mixing.baseRate() > threshold ? 1 : 0;
      expected.take(
          mixing.value(),
          mixed(curve.right()[today], base * curve.positives(), mixing.share()),
          mixed(curve.wrong()[today], base * curve.negatives(), mixing.share()));
    }
    return new ThresholdProposal(METHOD, task, rows)
        .settings(List.of(Fact.text("cost", "Made the same", cost.title())))
        .why("It was asked for; the shares have a closed form.")
        .detail(table(rows, mixings))
        .randomised(expected)
        .proposeShares(EqualizedOdds.selected(rows, expected));
  }

  private static double mixed(double own, double other, double share) {
    return own + share * (other - own);
  }

  /**
   * The mixing of every judged value.
   *
   * @throws BaselinesException if a value would have to be mixed by more than all of its rows
   */
  static List<Mixing> mixings(RepairTask task, ByValue rows, Cost cost) {
    Answers.Soft answers = task.scores();
    Attribute attribute = rows.attribute();
    double[] positive = new double[attribute.size()];
    double[] negative = new double[attribute.size()];
    for (int row = 0; row < answers.rows(); row++) {
      int value = attribute.codes()[row];
      if (value != Attribute.UNKNOWN) {
        double weight = task.rows().weights()[row];
        double score = Math.exp(answers.logProbabilities()[2 * row + 1]);
        if (task.rows().target().codes()[row] == 1) {
          positive[value] += weight * (1 - score);
        } else {
          negative[value] += weight * score;
        }
      }
    }
    int[] judged = rows.judged();
    double[] costs = new double[judged.length];
    for (int i = 0; i < costs.length; i++) {
      ValueCurve curve = rows.curves().get(judged[i]);
      costs[i] =
          cost.of(
              negative[judged[i]] / curve.negatives(),
              positive[judged[i]] / curve.positives(),
              baseRate(curve));
    }
    double highest = Arrays.stream(costs).max().orElseThrow();
    List<Mixing> mixings = new ArrayList<>();
    for (int i = 0; i < costs.length; i++) {
      double rate = baseRate(rows.curves().get(judged[i]));
      double trivial = cost.of(rate, 1 - rate, rate);
      double share = costs[i] == highest ? 0 : (highest - costs[i]) / (trivial - costs[i]);
      mixings.add(new Mixing(judged[i], rate, costs[i], trivial, share));
    }
    requireShares(rows, mixings, cost);
    return mixings;
  }

  private static double baseRate(ValueCurve curve) {
    return curve.positives() / curve.weight();
  }

  private static void requireShares(ByValue rows, List<Mixing> mixings, Cost cost) {
    String outside =
        mixings.stream()
            .filter(mixing -> !(mixing.share() >= 0 && mixing.share() <= 1))
            .map(mixing -> "'%s'".formatted(rows.curves().get(mixing.value()).value()))
            .collect(Collectors.joining(", "));
    if (!outside.isEmpty()) {
      throw new BaselinesException(
          "No mixture with the base rate gives all values of '%s' the same %s: %s would be below that of another value even with the base rate in every row; choose another cost or method."
              .formatted(rows.attribute().name(), cost.title(), outside));
    }
  }

  private static FactTable table(ByValue rows, List<Mixing> mixings) {
    return FactTable.of(
        "mixing",
        "Share of rows that the closed form answers with the base rate",
        List.of(
            new FactTable.Column("attribute", "Value"),
            new FactTable.Column("base_rate", "Base rate"),
            new FactTable.Column("share", "Share"),
            new FactTable.Column("cost_before", "Cost before"),
            new FactTable.Column("cost_after", "Cost then")),
        mixings.stream()
            .map(
                mixing ->
                    List.<Value>of(
                        new Value.Text(rows.curves().get(mixing.value()).value()),
                        new Value.Quantity(mixing.baseRate(), Unit.PERCENT),
                        new Value.Quantity(mixing.share(), Unit.PERCENT),
                        new Value.Quantity(mixing.before(), Unit.PERCENT),
                        new Value.Quantity(mixing.after(), Unit.PERCENT)))
            .toList());
  }
}
