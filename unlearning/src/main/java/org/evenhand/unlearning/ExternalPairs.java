package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/**
 * The published update from an external set: unlearns the bias-aligned member of every pair and
 * learns the other, in one Newton step: θ̂ + η·(H+λ)⁻¹·Σ(∇L(c) − ∇L(c̄)), c being aligned and c̄
 * not. The member that the model gives its true class the higher probability is taken as the
 * aligned one.
 */
public record ExternalPairs() implements Update {
  private static final double[] LENGTHS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};

  @Override
  public String code() {
    return "external";
  }

  @Override
  public String title() {
    return "the published update from external pairs";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    double[] differences =
        new CounterfactualBiasFunction(pairs).differences(head.shape(), head.parameters());
    HeadRows members = pairs.members();
    int[] aligned = new int[pairs.size()];
    int[] conflicting = new int[pairs.size()];
    for (int pair = 0; pair < aligned.length; pair++) {
      boolean factualAligned = differences[pair] >= 0;
      aligned[pair] = factualAligned ? pair : pair + pairs.size();
      conflicting[pair] = factualAligned ? pair + pairs.size() : pair;
    }
    NewtonStep newton = new NewtonStep(head, members.select(aligned), members.select(conflicting));
    List<Step> steps = new ArrayList<>();
    for (double ridge : Ridges.RELATIVE) {
      for (double length : LENGTHS) {
        steps.add(newton.step("step %s, ridge %s".formatted(length, ridge), ridge, length));
      }
    }
    return steps;
  }
}
