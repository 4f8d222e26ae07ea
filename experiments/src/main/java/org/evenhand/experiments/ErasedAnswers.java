package org.evenhand.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Removal;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserException;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.eraser.Estimator;

/**
 * What one model answers about test rows, before its biases are erased, with the default repair and
 * with every estimator, all fitted on calibration rows.
 *
 * @param byMethod by {@link #BEFORE}, {@link #DEFAULT}, each estimator's code, …; without the
 *     estimators that the rows do not determine
 * @param chosen the default's estimator
 * @param declined whether the default repair is declined
 */
record ErasedAnswers(Map<String, Answers.Soft> byMethod, String chosen, boolean declined) {
  static final String BEFORE = "before";
  static final String DEFAULT = "default";

  /** The default's estimator, whose patch reads what the deployed network computes. */
  static final String OWN = "own activations";

  /** The paper's own estimator, whose patch is a second network over the images. */
  static final String PAPER = "P1 over pixels";

  /**
   * Erases.
   *
   * @param calibration the rows to fit on
   * @param test the rows to answer about
   * @param attributes what is erased, together if there are several
   * @param trainer of patches
   * @param settings of the default repair; its seed is every draw's
   * @param estimators to show beside it
   */
  static ErasedAnswers of(
      Answered calibration,
      Answered test,
      List<String> attributes,
      PatchTrainer trainer,
      EraserSettings settings,
      List<Estimator> estimators) {
    ErasureProposal proposal =
        Eraser.propose(calibration.set(), attributes, calibration.answers(), trainer, settings);
    Map<String, Answers.Soft> answers = new LinkedHashMap<>();
    answers.put(BEFORE, test.answers());
    answers.put(DEFAULT, corrected(test, proposal.removal()));
    answers.put("default, keep-class-prior", corrected(test, proposal.otherGoal()));
    Distillation distillation =
        Distillation.of(
            calibration.set(), attributes, calibration.answers(), trainer, settings.seed());
    for (Estimator estimator : estimators) {
      removal(distillation, estimator)
          .ifPresent(removal -> answers.put(estimator.code(), corrected(test, removal)));
    }
    return new ErasedAnswers(answers, proposal.estimator().code(), proposal.declined().isPresent());
  }

  /**
   * Erases by one estimator.
   *
   * @param calibration the rows to fit on
   * @param test the rows to answer about
   * @param attributes what is erased, together if there are several
   * @param trainer of patches
   * @param estimator of the rule
   * @param seed of every draw
   * @return empty if the rows do not determine the rule
   */
  static Optional<Answers.Soft> by(
      Answered calibration,
      Answered test,
      List<String> attributes,
      PatchTrainer trainer,
      Estimator estimator,
      long seed) {
    Distillation distillation =
        Distillation.of(calibration.set(), attributes, calibration.answers(), trainer, seed);
    return removal(distillation, estimator).map(removal -> corrected(test, removal));
  }

  /** Empty if the rows do not determine the estimator's rule. */
  private static Optional<Removal> removal(Distillation distillation, Estimator estimator) {
    try {
      return Optional.of(distillation.removal(estimator, Goal.UNIFORM, 1));
    } catch (EraserException e) {
      return Optional.empty();
    }
  }

  private static Answers.Soft corrected(Answered test, Removal removal) {
    return removal.apply(test.answers(), test.set().inputs());
  }

  /**
   * How answers do.
   *
   * @param answers about the test rows, by method
   * @param test the rows
   * @param attribute whose groups are compared
   * @param seed of the noise floor
   */
  static Map<String, ErasureFigures> figures(
      Map<String, Answers.Soft> answers, LabelledSet test, String attribute, long seed) {
    Map<String, ErasureFigures> figures = new LinkedHashMap<>();
    answers.forEach(
        (method, soft) -> figures.put(method, ErasureFigures.of(test, attribute, soft, seed)));
    return figures;
  }
}
