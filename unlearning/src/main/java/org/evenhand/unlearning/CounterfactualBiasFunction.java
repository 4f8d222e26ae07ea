package org.evenhand.unlearning;

/**
 * Counterfactual bias: the mean of |p_y(x) − p_y(x̄)| over pairs, where y is the true class: B of
 * Fast Model Debias. Where counterparts are other individuals, the absolute value is taken of the
 * mean over pairs of the same class and the same two attribute values.
 *
 * @param pairs the external set
 */
public record CounterfactualBiasFunction(PairRows pairs) implements BiasFunction {
  @Override
  public String label() {
    return "counterfactual bias";
  }

  @Override
  public double value(HeadShape shape, double[] parameters) {
    return value(differences(shape, parameters));
  }

  /** B of differences that are known. */
  double value(double[] differences) {
    double[] signs = PairGroups.of(pairs).signs(differences);
    double sum = 0;
    for (int pair = 0; pair < differences.length; pair++) {
      sum += pairs.factual().weights()[pair] * signs[pair] * differences[pair];
    }
    return sum / pairs.weight();
  }

  /** p_y(x) − p_y(x̄), one per pair. */
  double[] differences(HeadShape shape, double[] parameters) {
    double[] p = shape.probabilities(parameters, pairs.factual());
    double[] q = shape.probabilities(parameters, pairs.counterfactual());
    double[] differences = new double[pairs.size()];
    for (int pair = 0; pair < differences.length; pair++) {
      int at = pair * shape.classes() + pairs.factual().targets()[pair];
      differences[pair] = p[at] - q[at];
    }
    return differences;
  }

  @Override
  public double[] gradient(HeadShape shape, double[] parameters) {
    double[] signs = PairGroups.of(pairs).signs(differences(shape, parameters));
    double weight = pairs.weight();
    double[] up = new double[pairs.size()];
    double[] down = new double[pairs.size()];
    for (int pair = 0; pair < up.length; pair++) {
      up[pair] = pairs.factual().weights()[pair] / weight * signs[pair];
      down[pair] = -up[pair];
    }
    int[] targets = pairs.factual().targets();
    double[] gradient = ofMember(shape, parameters, pairs.factual(), targets, up);
    double[] other = ofMember(shape, parameters, pairs.counterfactual(), targets, down);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other[i];
    }
    return gradient;
  }

  private static double[] ofMember(
      HeadShape shape, double[] parameters, HeadRows rows, int[] targets, double[] coefficients) {
    return ProbabilityGradient.of(
        shape, rows, shape.probabilities(parameters, rows), targets, coefficients);
  }
}
