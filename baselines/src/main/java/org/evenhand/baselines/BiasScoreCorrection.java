package org.evenhand.baselines;

import java.util.List;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;

/**
 * Decides for the second class where 2p(1|x) − 1 − Σ_c k_c·p(c|x) > 0, as the larger of two scores
 * that are not negative: what is taken from one class is given to the other.
 *
 * @param patch p(b,y|x), four cells
 * @param coefficients k, one per cell, 32-bit values so that an exported model computes the same
 * @param cut log-odds at which the deployed model decides
 */
record BiasScoreCorrection(Patch patch, float[] coefficients, float cut) implements Correction {
  private static final double LEAST_SCORE = 1e-12;

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public List<Patch> patches() {
    return List.of(patch);
  }

  @Override
  public <T> T shift(Formula<T> formula) {
    float[] given = new float[8];
    for (int c = 0; c < 4; c++) {
      given[2 * c] = Math.max(coefficients[c], 0);
      given[2 * c + 1] = Math.max(-coefficients[c], 0);
    }
    T atCut = formula.everywhere(new float[] {0, cut});
    T chances = formula.softmax(formula.minus(formula.answers(), atCut));
    T scores = formula.plus(chances, formula.times(formula.probabilities(patch), given, 2));
    return formula.minus(
        formula.plus(formula.logarithm(scores, LEAST_SCORE), atCut), formula.answers());
  }
}
