package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/** Takes the most harmful training rows out of the training loss, in one Newton step. */
public record RemoveHarmful() implements Update {
  /** How many rows are tried. */
  static final int[] COUNTS = {10, 50, 200, 1000, 5000};

  @Override
  public String code() {
    return "remove";
  }

  @Override
  public String title() {
    return "remove the most harmful training rows";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    List<Step> steps = new ArrayList<>();
    HeadRows nothing = head.training().select(new int[0]);
    for (double ridge : Ridges.RELATIVE) {
      Ranking ranking =
          new Ranking(
              new InfluenceOnBias(head, ridge)
                  .of(new CounterfactualBiasFunction(pairs), head.training()));
      for (int count : COUNTS) {
        HeadRows removed = head.training().select(ranking.harmful(count));
        steps.add(
            new NewtonStep(head, removed, nothing)
                .step("%d rows, ridge %s".formatted(count, ridge), ridge, 1));
      }
    }
    return steps;
  }
}
