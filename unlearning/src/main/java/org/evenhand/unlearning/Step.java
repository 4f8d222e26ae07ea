package org.evenhand.unlearning;

/**
 * One edited head.
 *
 * @param settings what the rule was set to, for people
 * @param parameters θ
 * @param ridge what was added to the Hessian's diagonal, relative as in {@link TrainedHead#solver}
 * @param objective the gradient of what the step makes small
 */
record Step(String settings, double[] parameters, double ridge, Gradient objective) {
  /** A gradient as a function of the parameters. */
  interface Gradient {
    double[] at(double[] parameters);
  }

  /** How much of the objective's gradient is left: 0 at its minimum, 1 where nothing was gained. */
  double residual(double[] before) {
    double start = Vectors.norm(objective.at(before));
    return start == 0 ? 0 : Vectors.norm(objective.at(parameters)) / start;
  }
}
