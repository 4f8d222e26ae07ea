package org.evenhand.eraser;

import java.util.List;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;

/**
 * Decision scores Σ_b f_{y,b}·p(y,b|x) in the deployed answers' place, with p(y,b|x) from these
 * answers and a patch.
 *
 * @param classes K
 * @param patch g(y,b|x), K·|B| outputs, classes first
 * @param refit how both make p(y,b|x)
 * @param factors f, K × |B|, 32-bit values so that an exported model computes the same
 */
record CellCorrection(int classes, Patch patch, CellRefit refit, float[] factors)
    implements Correction {
  /** Smaller probabilities of the patch are raised to this one. */
  static final double FLOOR = 1e-6;

  private static final double LEAST_SCORE = 1e-12;

  @Override
  public List<Patch> patches() {
    return List.of(patch);
  }

  @Override
  public <T> T shift(Formula<T> formula) {
    int cells = factors.length;
    float[] spread = new float[classes * cells];
    float[] gathered = new float[cells * classes];
    float[] scored = new float[cells * classes];
    for (int c = 0; c < cells; c++) {
      int y = c * classes / cells;
      spread[y * cells + c] = 1;
      gathered[c * classes + y] = 1;
      scored[c * classes + y] = factors[c];
    }
    T second =
        formula.logarithm(formula.times(formula.probabilities(patch), gathered, classes), FLOOR);
    T ofClass =
        formula.plus(
            formula.scaled(formula.answers(), refit.own()),
            formula.scaled(second, refit.second() - refit.value()));
    T ofCell = formula.scaled(formula.logProbabilities(patch, FLOOR), refit.value());
    float[] intercepts = new float[cells];
    for (int c = 0; c < cells; c++) {
      intercepts[c] = (float) refit.intercepts()[c];
    }
    T chances =
        formula.softmax(
            formula.plus(
                formula.plus(formula.times(ofClass, spread, cells), ofCell),
                formula.everywhere(intercepts)));
    T scores = formula.logarithm(formula.times(chances, scored, classes), LEAST_SCORE);
    return formula.minus(scores, formula.answers());
  }
}
