package org.evenhand.unlearning;

import java.util.List;
import org.evenhand.core.DecisionRule;

/**
 * How a head is edited.
 *
 * @param updates the rules to choose among, at least one
 * @param maxAccuracyLoss how much accuracy an edit may cost on rows not used to fit, 0 to 1
 * @param folds parts of the pairs; each is judged by edits from the others, at least 2
 * @param seed of the division into parts
 * @param decisionRule how probabilities become decisions
 */
public record UnlearningSettings(
    List<Update> updates, double maxAccuracyLoss, int folds, long seed, DecisionRule decisionRule) {
  /**
   * The consistency update, at most 0.15 points of accuracy, five parts, seed 1, as the model
   * decides.
   */
  public static final UnlearningSettings DEFAULT =
      new UnlearningSettings(List.of(new Consistency()), 0.0015, 5, 1, DecisionRule.OF_MODEL);

  /**
   * @throws UnlearningException if a value is out of range
   */
  public UnlearningSettings {
    updates = List.copyOf(updates);
    if (updates.isEmpty()) {
      throw new UnlearningException("At least one update rule is needed.");
    }
    if (!(maxAccuracyLoss >= 0 && maxAccuracyLoss <= 1)) {
      throw new UnlearningException(
          "The accuracy that an edit may cost is %s; it must lie between 0 and 1."
              .formatted(maxAccuracyLoss));
    }
    if (folds < 2) {
      throw new UnlearningException(
          "The pairs are divided into %d parts; at least 2 are needed.".formatted(folds));
    }
  }

  /**
   * The same with other rules to choose among.
   *
   * @param others at least one
   */
  public UnlearningSettings withUpdates(List<Update> others) {
    return new UnlearningSettings(others, maxAccuracyLoss, folds, seed, decisionRule);
  }

  /**
   * The same with another decision rule.
   *
   * @param other how probabilities become decisions
   */
  public UnlearningSettings withDecisionRule(DecisionRule other) {
    return new UnlearningSettings(updates, maxAccuracyLoss, folds, seed, other);
  }

  /**
   * The same with another seed.
   *
   * @param other any number
   */
  public UnlearningSettings withSeed(long other) {
    return new UnlearningSettings(updates, maxAccuracyLoss, folds, other, decisionRule);
  }
}
