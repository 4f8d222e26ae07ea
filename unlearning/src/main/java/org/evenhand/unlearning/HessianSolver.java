package org.evenhand.unlearning;

/**
 * Solves systems with a damped Hessian, H + ridge · I. Factored once, it serves every right side:
 * each bias function costs one solve (the paper's “precalculated”).
 */
public interface HessianSolver {
  /**
   * The solution x of (H + ridge · I) x = b.
   *
   * @param rightSide b, one value a parameter
   */
  double[] solve(double[] rightSide);

  /** What was added to the diagonal, in units of the summed Hessian. */
  double ridge();

  /** The ratio of largest to smallest stretch of the damped Hessian, estimated in the 1-norm. */
  double conditionNumber();
}
