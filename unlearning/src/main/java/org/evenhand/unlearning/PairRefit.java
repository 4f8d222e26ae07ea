package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/**
 * Forgets the head and fits a new one to both members of the pairs: deep feature reweighting (DFR)
 * on the pairs, the line that the other rules must beat.
 */
public record PairRefit() implements Update {
  private static final double[] RIDGES = {1e-4, 1e-3};

  @Override
  public String code() {
    return "refit";
  }

  @Override
  public String title() {
    return "fit a new head to the pairs (DFR)";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    HeadRows members = pairs.members();
    double[] zero = new double[head.shape().parameters()];
    List<Step> steps = new ArrayList<>();
    for (double ridge : RIDGES) {
      HeadObjective objective =
          HeadObjective.ridged(head.shape(), members, head.ridge(ridge) * members.weight(), zero);
      steps.add(
          new Step(
              "ridge %s".formatted(ridge), objective.minimum(zero), ridge, objective::gradient));
    }
    return steps;
  }
}
