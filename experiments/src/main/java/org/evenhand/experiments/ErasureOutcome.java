package org.evenhand.experiments;

import java.util.List;
import java.util.Map;
import org.evenhand.core.PatchTrainer;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Estimator;

/**
 * What erasing the bias of one model gave: with default settings and with every estimator, fitted
 * on calibration rows, measured on test rows.
 *
 * @param figures by method, as of {@link ErasedAnswers#byMethod}
 * @param chosen the default's estimator
 * @param declined whether the default repair is declined
 */
record ErasureOutcome(Map<String, ErasureFigures> figures, String chosen, boolean declined) {
  /**
   * Erases and measures.
   *
   * @param calibration the rows to fit on
   * @param test the rows to measure on; their first attribute is erased
   * @param trainer of patches
   * @param settings of the default repair; its seed is every draw's
   */
  static ErasureOutcome of(
      Answered calibration, Answered test, PatchTrainer trainer, EraserSettings settings) {
    String attribute = test.set().attributes().get(0).name();
    ErasedAnswers erased =
        ErasedAnswers.of(calibration, test, List.of(attribute), trainer, settings, Estimator.all());
    return new ErasureOutcome(
        ErasedAnswers.figures(erased.byMethod(), test.set(), attribute, settings.seed()),
        erased.chosen(),
        erased.declined());
  }
}
