package org.evenhand.unlearning;

/**
 * A measure of bias that is differentiable in a head's parameters. All lie between 0 and 1, and 0
 * is fair. Where an absolute value has a kink, the gradient is that of one side.
 */
public sealed interface BiasFunction permits CounterfactualBiasFunction, GroupGap {
  /** The name in the field, in lower case. */
  String label();

  /**
   * B(θ).
   *
   * @param shape how the parameters make a head
   * @param parameters θ
   */
  double value(HeadShape shape, double[] parameters);

  /**
   * ∇B(θ), one value a parameter.
   *
   * @param shape how the parameters make a head
   * @param parameters θ
   */
  double[] gradient(HeadShape shape, double[] parameters);
}
