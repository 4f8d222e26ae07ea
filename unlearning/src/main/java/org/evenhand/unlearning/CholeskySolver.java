package org.evenhand.unlearning;

/** Solves with the Cholesky factor of a damped Hessian. */
final class CholeskySolver implements HessianSolver {
  /** Below this, rounding alone decides the solution. */
  private static final double LEAST_RECIPROCAL_CONDITION = 1e-15;

  private final double[] factor;
  private final int parameters;
  private final double ridge;
  private final double conditionNumber;

  private CholeskySolver(double[] factor, int parameters, double ridge, double conditionNumber) {
    this.factor = factor;
    this.parameters = parameters;
    this.ridge = ridge;
    this.conditionNumber = conditionNumber;
  }

  /**
   * Factors H + ridge · I.
   *
   * @param hessian the upper half of P × P; not changed
   * @param parameters P
   * @param ridge at least 0
   * @throws UnlearningException if the sum is not positive definite
   */
  static CholeskySolver of(double[] hessian, int parameters, double ridge) {
    double[] damped = hessian.clone();
    for (int i = 0; i < parameters; i++) {
      damped[i * parameters + i] += ridge;
    }
    double reciprocal = Blas.factorise(damped, parameters).orElse(0);
    if (reciprocal < LEAST_RECIPROCAL_CONDITION) {
      throw new UnlearningException(
          ("The Hessian of the head's %d parameters is singular with a ridge of %s: some weights do not change any"
                  + " answer to these rows. Use a larger ridge.")
              .formatted(parameters, ridge));
    }
    return new CholeskySolver(damped, parameters, ridge, 1 / reciprocal);
  }

  @Override
  public double[] solve(double[] rightSide) {
    return Blas.solve(factor, rightSide, parameters);
  }

  @Override
  public double ridge() {
    return ridge;
  }

  @Override
  public double conditionNumber() {
    return conditionNumber;
  }
}
