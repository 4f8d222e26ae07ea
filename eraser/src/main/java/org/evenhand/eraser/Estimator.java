package org.evenhand.eraser;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenhand.core.BiasRule;

/**
 * A way to distil the bias rule from calibration rows (spec 2.7). The cases are closed; each says
 * its formula.
 */
public sealed interface Estimator
    permits AnchorFormPatch, FullFormPatch, LogLinearTable, MapTable, ShrunkTable {

  /** The code in the specification and on the command line: {@code P1}, {@code C2}, … */
  String code();

  /** A few words for a reader who does not know the codes. */
  String title();

  /**
   * Whether the estimator can only work where the attribute can be read from the inputs (spec 2.9):
   * all but {@link MapTable}, in whose fit the bias predictor takes part.
   */
  boolean needsReadableAttribute();

  /**
   * Distils the rule.
   *
   * @param distillation the calibration rows and what estimators share
   * @throws EraserException if the rows do not determine it
   */
  BiasRule distil(Distillation distillation);

  /** All estimators with their documented settings, simplest first. */
  static List<Estimator> all() {
    return List.of(
        new LogLinearTable(),
        new ShrunkTable(ShrunkTable.DEFAULT_KAPPA),
        new MapTable(MapTable.DEFAULT_KAPPA),
        new FullFormPatch(),
        new AnchorFormPatch());
  }

  /**
   * The estimator of that code.
   *
   * @param code such as {@code P1}, in any case
   * @throws EraserException if there is none; the message lists those that there are
   */
  static Estimator of(String code) {
    return all().stream()
        .filter(estimator -> estimator.code().equals(code.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new EraserException(
                    "There is no estimator '%s'; choose one of %s."
                        .formatted(
                            code,
                            all().stream()
                                .map(Estimator::code)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }
}
