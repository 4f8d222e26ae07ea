package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the most harmful training rows by what they would be under another attribute value, in
 * one Newton step. Needs the counterparts of the training rows.
 */
public record ReplaceHarmful() implements Update {
  @Override
  public String code() {
    return "replace";
  }

  @Override
  public String title() {
    return "replace the most harmful training rows by their counterfactuals";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    HeadRows counterparts =
        head.counterfactualTraining()
            .orElseThrow(
                () ->
                    new UnlearningException(
                        "Replacing training rows needs their counterfactuals, which only rows of a table have: flip a column, or use another update."));
    List<Step> steps = new ArrayList<>();
    for (double ridge : Ridges.RELATIVE) {
      Ranking ranking =
          new Ranking(
              new InfluenceOnBias(head, ridge)
                  .of(new CounterfactualBiasFunction(pairs), head.training()));
      for (int count : RemoveHarmful.COUNTS) {
        int[] rows = ranking.harmful(count);
        steps.add(
            new NewtonStep(head, head.training().select(rows), counterparts.select(rows))
                .step("%d rows, ridge %s".formatted(count, ridge), ridge, 1));
      }
    }
    return steps;
  }
}
