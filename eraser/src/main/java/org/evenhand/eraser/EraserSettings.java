package org.evenhand.eraser;

import java.util.List;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Goal;

/**
 * What a repair depends on beside the calibration rows.
 *
 * @param goal what the corrected answers aim at
 * @param strength the share of the rule that is subtracted, 0 to 1
 * @param estimators those among which cross-validation chooses, at least one
 * @param folds of the cross-validation, at least 2
 * @param seed of every random draw
 * @param threads how many folds are worked on at once; changes no figure
 * @param decisionRule how probabilities become decisions
 */
public record EraserSettings(
    Goal goal,
    double strength,
    List<Estimator> estimators,
    int folds,
    long seed,
    int threads,
    DecisionRule decisionRule) {

  /** The documented defaults. */
  public static final EraserSettings DEFAULT =
      new EraserSettings(
          Goal.UNIFORM,
          1,
          Estimator.candidates(),
          5,
          1,
          Math.min(2, Runtime.getRuntime().availableProcessors()),
          DecisionRule.OF_MODEL);

  /**
   * @throws EraserException if a setting is out of its range
   */
  public EraserSettings {
    estimators = List.copyOf(estimators);
    if (estimators.isEmpty()) {
      throw new EraserException("Name at least one estimator to choose from.");
    }
    if (!(strength >= 0 && strength <= 1)) {
      throw new EraserException(
          "The strength is %s; it must lie between 0 and 1.".formatted(strength));
    }
    if (folds < 2) {
      throw new EraserException(
          "Cross-validation needs at least 2 folds, but %d were asked for.".formatted(folds));
    }
    if (threads < 1) {
      throw new EraserException(
          "The number of threads is %d; it must be at least 1.".formatted(threads));
    }
  }

  /**
   * The same with another goal.
   *
   * @param other what the corrected answers aim at
   */
  public EraserSettings withGoal(Goal other) {
    return new EraserSettings(other, strength, estimators, folds, seed, threads, decisionRule);
  }

  /**
   * The same with an estimator fixed.
   *
   * @param other the one to use
   */
  public EraserSettings withEstimator(Estimator other) {
    return new EraserSettings(goal, strength, List.of(other), folds, seed, threads, decisionRule);
  }

  /**
   * The same with another decision rule.
   *
   * @param other how probabilities become decisions
   */
  public EraserSettings withDecisionRule(DecisionRule other) {
    return new EraserSettings(goal, strength, estimators, folds, seed, threads, other);
  }

  /**
   * The same with another seed.
   *
   * @param other of every random draw
   */
  public EraserSettings withSeed(long other) {
    return new EraserSettings(goal, strength, estimators, folds, other, threads, decisionRule);
  }

  /**
   * The same with another number of folds.
   *
   * @param other of the cross-validation, at least 2
   * @throws EraserException if there are fewer
   */
  public EraserSettings withFolds(int other) {
    return new EraserSettings(goal, strength, estimators, other, seed, threads, decisionRule);
  }

  /**
   * The same with another number of threads.
   *
   * @param other how many folds are worked on at once, at least 1
   * @throws EraserException if there are fewer
   */
  public EraserSettings withThreads(int other) {
    return new EraserSettings(goal, strength, estimators, folds, seed, other, decisionRule);
  }
}
