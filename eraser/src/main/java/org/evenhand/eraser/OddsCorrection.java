package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;

/**
 * One threshold per value of an attribute: s·log p(y|x) + u·log g(y|x) − Σ_b p(b|x)·τ_b(y), where p
 * is the deployed model and g a second opinion learned from the calibration rows. Where the
 * attribute is among the inputs, p(b|x) is nearly 0 or 1, and each value has its own threshold.
 *
 * @param thresholds p(b|x) with τ, which is subtracted
 * @param own s, how much the deployed answer counts
 * @param second g with u; empty if only the deployed model is asked
 */
record OddsCorrection(BiasRule.Tabulated thresholds, double own, Optional<Opinion> second)
    implements Correction {
  /**
   * A second opinion on the class.
   *
   * @param patch g, K outputs
   * @param weight u, how much it counts
   */
  record Opinion(Patch patch, double weight) {
    /** Smaller probabilities are raised to this one. */
    static final double FLOOR = 1e-6;
  }

  @Override
  public int classes() {
    return thresholds.classes();
  }

  @Override
  public List<Patch> patches() {
    List<Patch> patches = new ArrayList<>(thresholds.patches());
    second.ifPresent(opinion -> patches.add(opinion.patch()));
    return patches;
  }

  @Override
  public <T> T shift(Formula<T> formula) {
    T answers = formula.scaled(formula.answers(), own - 1);
    T shift = formula.minus(answers, thresholds.logRule(formula));
    return second
        .map(
            opinion ->
                formula.plus(
                    shift,
                    formula.scaled(
                        formula.logProbabilities(opinion.patch(), Opinion.FLOOR),
                        opinion.weight())))
        .orElse(shift);
  }
}
