package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps down the bias and the cross-entropy of both members of the pairs at once, in the Hessian's
 * metric: θ ← θ − η·n·(H+λ)⁻¹·∇(CE(pairs) + w·B).
 */
public record JointDescent() implements Update {
  /** w: the weight of the bias beside the cross-entropy. */
  private static final double BIAS_WEIGHT = 3;

  @Override
  public String code() {
    return "joint";
  }

  @Override
  public String title() {
    return "descend the bias and the pairs' cross-entropy";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    HeadShape shape = head.shape();
    BiasFunction bias = new CounterfactualBiasFunction(pairs);
    CrossEntropy loss = new CrossEntropy(shape);
    HeadRows members = pairs.members();
    double perPair = 1 / pairs.weight();
    List<Step> steps = new ArrayList<>();
    Descent descent =
        new Descent(
            head,
            at -> perPair * loss.value(at, members) + BIAS_WEIGHT * bias.value(shape, at),
            at ->
                Vectors.plus(
                    Vectors.plus(
                        new double[shape.parameters()], perPair, loss.gradient(at, members)),
                    BIAS_WEIGHT,
                    bias.gradient(shape, at)));
    for (double ridge : Ridges.RELATIVE) {
      steps.addAll(descent.steps("", ridge));
    }
    return steps;
  }
}
