package org.evenhand.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserException;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.eraser.Estimator;

/**
 * What erasing the bias of one model gave: with default settings and with every estimator, fitted
 * on calibration rows, measured on test rows.
 *
 * @param figures by method: {@link #BEFORE}, {@link #DEFAULT}, each estimator's code, …; without
 *     the estimators that the rows do not determine
 * @param chosen the default's estimator
 * @param declined whether the default repair is declined
 */
record ErasureOutcome(Map<String, ErasureFigures> figures, String chosen, boolean declined) {
  static final String BEFORE = "before";
  static final String DEFAULT = "default";

  /**
   * Erases and measures.
   *
   * @param calibration the rows to fit on
   * @param test the rows to measure on
   * @param trainer of patches
   * @param settings of the default repair; its seed is every draw's
   */
  static ErasureOutcome of(
      Answered calibration, Answered test, PatchTrainer trainer, EraserSettings settings) {
    List<String> attribute = List.of(test.set().attributes().get(0).name());
    ErasureProposal proposal =
        Eraser.propose(calibration.set(), attribute, calibration.answers(), trainer, settings);
    Map<String, ErasureFigures> figures = new LinkedHashMap<>();
    figures.put(BEFORE, figures(test, test.answers(), settings));
    LabelledSet rows = test.set();
    figures.put(
        DEFAULT, figures(test, proposal.removal().apply(test.answers(), rows.inputs()), settings));
    figures.put(
        "default, keep-class-prior",
        figures(test, proposal.otherGoal().apply(test.answers(), rows.inputs()), settings));
    Distillation distillation =
        Distillation.of(
            calibration.set(), attribute, calibration.answers(), trainer, settings.seed());
    for (Estimator estimator : Estimator.all()) {
      corrected(distillation, estimator, test)
          .ifPresent(soft -> figures.put(estimator.code(), figures(test, soft, settings)));
    }
    return new ErasureOutcome(
        figures, proposal.estimator().code(), proposal.declined().isPresent());
  }

  private static ErasureFigures figures(
      Answered test, Answers.Soft answers, EraserSettings settings) {
    return ErasureFigures.of(
        test.set(), test.set().attributes().get(0).name(), answers, settings.seed());
  }

  private static Optional<Answers.Soft> corrected(
      Distillation distillation, Estimator estimator, Answered test) {
    try {
      return Optional.of(
          distillation
              .removal(estimator, Goal.UNIFORM, 1)
              .apply(test.answers(), test.set().inputs()));
    } catch (EraserException e) {
      return Optional.empty();
    }
  }
}
