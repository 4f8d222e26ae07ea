package org.evenhand.core;

import java.util.List;

/**
 * The removal of a bias rule in log space (equation 21 of Rule Eraser): log p(y|x) − strength ·
 * (rule(x) − kept).
 *
 * @param rule what is subtracted
 * @param kept K numbers in nats that stay: zeros for the paper's goal (uniform p(y|b)), the
 *     bias-free rule log q̄ (the mean over b of log p(y|b)) to keep the class prior; 32-bit values
 *     so that an exported model computes the same
 * @param strength the share of the rule that is subtracted, 0 to 1
 */
public record Removal(BiasRule rule, float[] kept, double strength) implements Correction {
  /**
   * @throws CoreException if the strength is outside 0 to 1 or {@code kept} does not fit
   */
  public Removal {
    if (!(strength >= 0 && strength <= 1)) {
      throw new CoreException(
          "The strength is %s; it must lie between 0 and 1.".formatted(strength));
    }
    if (kept.length != rule.classes()) {
      throw new CoreException(
          "The kept rule has %d entries for %d classes.".formatted(kept.length, rule.classes()));
    }
  }

  @Override
  public int classes() {
    return rule.classes();
  }

  @Override
  public List<Patch> patches() {
    return rule.patches();
  }

  @Override
  public <T> T shift(Formula<T> formula) {
    return formula.scaled(formula.minus(formula.everywhere(kept), rule.logRule(formula)), strength);
  }
}
