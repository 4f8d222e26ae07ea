package org.evenhand.audit;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many rows of which group a verdict on one attribute will need, before anything is collected.
 *
 * <pre>{@code
 * ExpectedGroups groups =
 *     ExpectedGroups.independent(
 *         "repaid", Shares.parse("no=40%,yes=60%"), "race", Shares.parse("White=70%,Black=30%"));
 * VerdictPlan plan = VerdictPlan.of(groups, 0.85, 0.2, AuditSettings.DEFAULT);
 * plan.proofs().get(0).rows();
 * }</pre>
 *
 * @param groups that rows will fall into
 * @param accuracy of every group's decisions, 0 to 1
 * @param gap that is to be proven, 0 to 1
 * @param settings tolerances, confidence and smallest group
 * @param proofs of {@code BIASED} first, then of {@code WITHIN_TOLERANCE}
 */
public record VerdictPlan(
    ExpectedGroups groups,
    double accuracy,
    double gap,
    AuditSettings settings,
    List<Proof> proofs) {
  /** How often samples of the planned size bring the verdict. */
  public static final double POWER = RowsNeeded.POWER;

  /**
   * What one verdict takes.
   *
   * @param verdict that the rows will bring
   * @param worse the index of the group that is assumed to be less accurate by the gap; empty if
   *     all are alike
   * @param rows of every group if they come in the expected proportions; empty if a million in all
   *     would not do
   * @param evenly the rows of every group if all groups are collected alike; empty likewise
   */
  public record Proof(
      Verdict verdict,
      Optional<Integer> worse,
      Optional<List<Double>> rows,
      Optional<Double> evenly) {
    /** Copies the list. */
    public Proof {
      rows = rows.map(List::copyOf);
    }

    /** The rows of all groups in the expected proportions, rounded up; empty if too many. */
    public Optional<Double> total() {
      return rows.map(
          groups -> RowsNeeded.roundUp(groups.stream().mapToDouble(Double::doubleValue).sum()));
    }

    /**
     * The rows of all groups if they are collected alike; empty if too many.
     *
     * @param groups how many there are
     */
    public Optional<Double> totalEvenly(int groups) {
      return evenly.map(rows -> rows * groups);
    }
  }

  /** Copies the list. */
  public VerdictPlan {
    proofs = List.copyOf(proofs);
  }

  /**
   * Plans both verdicts.
   *
   * @param groups that rows will fall into
   * @param accuracy of every group's decisions, 0 to 1
   * @param gap by which the rarest group, where a gap is the hardest to see, is less accurate if
   *     there is bias; above what is tolerated and at most the accuracy
   * @param settings tolerances, confidence and smallest group
   * @throws AuditException if accuracy or gap are out of range
   */
  public static VerdictPlan of(
      ExpectedGroups groups, double accuracy, double gap, AuditSettings settings) {
    requireInRange(accuracy, gap, settings);
    Planner planner = new Planner(groups, accuracy, gap, settings);
    return new VerdictPlan(
        groups,
        accuracy,
        gap,
        settings,
        List.of(planner.proof(Optional.of(groups.rarest())), planner.proof(Optional.empty())));
  }

  /**
   * Refuses assumptions that nothing can be planned from.
   *
   * @param accuracy of every group's decisions
   * @param gap that is to be proven
   * @param settings of the audit that is planned
   * @throws AuditException if one is out of range
   */
  public static void requireInRange(double accuracy, double gap, AuditSettings settings) {
    if (!(accuracy > 0 && accuracy <= 1)) {
      throw new AuditException(
          "The expected accuracy is %s; it must be above 0 and at most 1.".formatted(accuracy));
    }
    if (!(gap > settings.gapTolerance() && gap <= accuracy)) {
      throw new AuditException(
          "The gap to be proven is %s; it must be above the tolerated %s and at most the expected accuracy of %s."
              .formatted(gap, settings.gapTolerance(), accuracy));
    }
  }

  private record Planner(
      ExpectedGroups groups, double accuracy, double gap, AuditSettings settings) {
    Proof proof(Optional<Integer> worse) {
      RowsNeeded met = needed(worse, groups.shares());
      RowsNeeded alike = needed(worse, Collections.nCopies(groups.size(), 1.0));
      return new Proof(
          met.verdict(), worse, met.rows(), alike.rows().map(rows -> rows.get(rows.size() - 1)));
    }

    private RowsNeeded needed(Optional<Integer> worse, List<Double> shares) {
      int values = groups.values().size();
      return RowsNeeded.forAccuracies(
          IntStream.range(0, groups.classes().size())
              .mapToObj(
                  of ->
                      IntStream.range(of * values, (of + 1) * values)
                          .mapToObj(
                              group ->
                                  new RowsNeeded.Group(
                                      worse.equals(Optional.of(group)) ? accuracy - gap : accuracy,
                                      shares.get(group)))
                          .toList())
              .toList(),
          settings);
    }
  }
}
