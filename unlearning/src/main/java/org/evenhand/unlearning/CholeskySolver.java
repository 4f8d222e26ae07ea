package org.evenhand.unlearning;

import java.nio.DoubleBuffer;

/** Solves with the Cholesky factor of a damped Hessian. */
final class CholeskySolver implements HessianSolver {
  private final double[] hessian;
  private final int parameters;
  private final double ridge;
  private final DoubleBuffer factor;

  private CholeskySolver(double[] hessian, int parameters, double ridge, DoubleBuffer factor) {
    this.hessian = hessian;
    this.parameters = parameters;
    this.ridge = ridge;
    this.factor = factor;
  }

  /**
   * Factors H + ridge · I.
   *
   * @param hessian the upper half of P × P; kept, and not changed
   * @param parameters P
   * @param ridge at least 0
   * @throws UnlearningException if the sum is not positive definite
   */
  static CholeskySolver of(double[] hessian, int parameters, double ridge) {
    DoubleBuffer factor =
        Blas.factor(hessian, parameters, ridge)
            .orElseThrow(
                () ->
                    new UnlearningException(
                        ("The Hessian of the head's %d parameters is singular with a ridge of %s: some weights do not"
                                + " change any answer to these rows. Use a larger ridge.")
                            .formatted(parameters, ridge)));
    return new CholeskySolver(hessian, parameters, ridge, factor);
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
    return Blas.conditionNumber(hessian, parameters, ridge, factor);
  }
}
