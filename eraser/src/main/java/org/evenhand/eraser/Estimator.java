package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.core.BiasRule;

/**
 * A way to distil the bias rule from calibration rows. The cases are closed; each says its formula,
 * and {@code docs/estimators.md} derives them.
 */
public sealed interface Estimator
    permits LogLinearTable, MapTable, PatchEstimator, ShrunkTable, TwoScoreRegression, TwoWayTable {

  /** The code in the documentation and on the command line: {@code P1}, {@code C2}, … */
  String code();

  /** A few words for a reader who does not know the codes. */
  String title();

  /**
   * Whether the estimator can only work where the attribute can be read from the inputs: all but
   * {@link MapTable}, in whose fit the bias predictor takes part.
   */
  boolean needsReadableAttribute();

  /**
   * Distils the rule.
   *
   * @param distillation the calibration rows and what estimators share
   * @throws EraserException if the rows do not determine it
   */
  BiasRule distil(AttributeDistillation distillation);

  /** The estimators among which the default is chosen, simplest first. */
  static List<Estimator> candidates() {
    return List.of(
        new LogLinearTable(),
        new ShrunkTable(ShrunkTable.DEFAULT_KAPPA),
        new MapTable(MapTable.DEFAULT_KAPPA),
        new FullFormPatch(false),
        new AnchorFormPatch());
  }

  /**
   * The whole family with its documented settings: the candidates and those used only when asked
   * for.
   */
  static List<Estimator> all() {
    List<Estimator> all = new ArrayList<>(candidates());
    all.add(new FullFormPatch(true));
    all.add(new TwoScoreRegression(TwoScoreRegression.DEFAULT_RIDGE));
    all.add(new TwoWayTable());
    return List.copyOf(all);
  }

  /**
   * The estimator of that code.
   *
   * @param code such as {@code P1}, in any case
   * @throws EraserException if there is none; the message lists the available ones
   */
  static Estimator of(String code) {
    return all().stream()
        .filter(estimator -> estimator.code().equalsIgnoreCase(code))
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
