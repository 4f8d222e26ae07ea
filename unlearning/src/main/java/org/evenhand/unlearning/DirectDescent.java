package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps straight down the counterfactual bias in the Hessian's metric: θ ← θ − η·n·(H+λ)⁻¹·∇B(θ),
 * our own rule ({@code docs/updates.md} says why).
 */
public record DirectDescent() implements Update {
  @Override
  public String code() {
    return "direct";
  }

  @Override
  public String title() {
    return "descend the bias itself";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    BiasFunction bias = new CounterfactualBiasFunction(pairs);
    Descent descent =
        new Descent(
            head, at -> bias.value(head.shape(), at), at -> bias.gradient(head.shape(), at));
    List<Step> steps = new ArrayList<>();
    for (double ridge : Ridges.RELATIVE) {
      steps.addAll(descent.steps("", ridge));
    }
    return steps;
  }
}
