package org.evenhand.unlearning;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Head;

/**
 * A proposed edit of a head: nothing has changed until somebody writes it out.
 *
 * @param head with the edited weights, as a model file would store them
 * @param update the rule that was chosen
 * @param settings of the rule, chosen on pairs that it was not fitted to
 * @param candidates every rule's best setting, in the order of the settings given
 * @param before the head as it is, judged like the candidates
 * @param predictedChange of the bias, to first order: ∇B(θ̂)·(θ − θ̂) on all pairs
 * @param certificate how well the edit solves what it set out to solve
 * @param declined the guard's reason against the edit, if there is one
 */
public record UnlearningProposal(
    Head head,
    Update update,
    String settings,
    List<Candidate> candidates,
    Judged before,
    double predictedChange,
    Certificate certificate,
    Optional<String> declined) {
  /** Copies the list. */
  public UnlearningProposal {
    candidates = List.copyOf(candidates);
  }

  /**
   * Figures from rows that an edit was not fitted to.
   *
   * @param bias counterfactual bias, 0 to 1
   * @param accuracy of decisions on the rows to check, 0 to 1
   */
  public record Judged(double bias, double accuracy) {}

  /**
   * A rule's best setting.
   *
   * @param update the rule
   * @param settings what it was set to
   * @param judged its figures
   * @param chosen whether it is the one that the proposal makes
   */
  public record Candidate(Update update, String settings, Judged judged, boolean chosen) {}

  /**
   * What vouches for the numerics of an edit.
   *
   * @param relativeRidge what was added to the Hessian's diagonal, in mean squares of a feature
   * @param conditionNumber of the damped training Hessian
   * @param gradientResidual the gradient of the edit's objective, relative to that at the trained
   *     head: 0 is solved
   * @param trainingGradient the mean training gradient's norm at the deployed head: near 0, the
   *     Hessian describes it
   * @param parameters how many weights and biases may change
   * @param change the norm of their change
   * @param relativeChange that norm, in norms of the deployed weights
   */
  public record Certificate(
      double relativeRidge,
      double conditionNumber,
      double gradientResidual,
      double trainingGradient,
      int parameters,
      double change,
      double relativeChange) {}

  /** The figures of the chosen edit. */
  public Judged after() {
    return candidates.stream()
        .filter(Candidate::chosen)
        .map(Candidate::judged)
        .findFirst()
        .orElse(before);
  }
}
