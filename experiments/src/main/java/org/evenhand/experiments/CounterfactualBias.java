package org.evenhand.experiments;

import org.evenhand.core.Answers;

/** How far answers change with a protected attribute. */
final class CounterfactualBias {
  private CounterfactualBias() {}

  /**
   * Mean over pairs of |p − q|, with p and q the probability of the true class for a row and for
   * its counterpart.
   *
   * @param factual answers to the rows as they are
   * @param counterfactual answers to their counterparts
   * @param targets the rows' true classes
   * @return in [0,1]
   */
  static double of(Answers.Soft factual, Answers.Soft counterfactual, int[] targets) {
    int classes = factual.classes().size();
    double sum = 0;
    for (int pair = 0; pair < targets.length; pair++) {
      int at = pair * classes + targets[pair];
      sum +=
          Math.abs(
              Math.exp(factual.logProbabilities()[at])
                  - Math.exp(counterfactual.logProbabilities()[at]));
    }
    return sum / targets.length;
  }
}
