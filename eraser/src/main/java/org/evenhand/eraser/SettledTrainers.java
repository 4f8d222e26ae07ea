package org.evenhand.eraser;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;

/**
 * A trainer whose settings are settled once for each purpose, on all calibration rows, and then
 * used for every part of a cross-validation too: settling a perceptron's penalty costs three times
 * as much as training it. The penalty, one of three, is then the only thing in a fold that has seen
 * the rows held out (docs/estimators.md).
 */
final class SettledTrainers {
  private final PatchTrainer trainer;
  private final long seed;
  private final Map<String, PatchTrainer> byPurpose = new ConcurrentHashMap<>();

  /**
   * Nothing is settled yet.
   *
   * @param trainer of patches and bias predictors
   * @param seed of every random draw
   */
  SettledTrainers(PatchTrainer trainer, long seed) {
    this.trainer = trainer;
    this.seed = seed;
  }

  /**
   * Settles how patches of a purpose are trained from now on.
   *
   * @param lesson of all calibration rows
   */
  void settle(Lesson lesson) {
    byPurpose.put(lesson.purpose(), lesson.settle(trainer, seed));
  }

  /**
   * Trains a patch, as was settled for its purpose if that was.
   *
   * @param lesson of all rows or of some
   */
  Patch train(Lesson lesson) {
    return lesson.learn(byPurpose.getOrDefault(lesson.purpose(), trainer), seed);
  }
}
