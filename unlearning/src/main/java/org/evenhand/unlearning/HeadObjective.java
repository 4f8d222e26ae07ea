package org.evenhand.unlearning;

/**
 * A strictly convex objective in a head's parameters: cross-entropy over weighted rows plus a
 * quadratic, {@code Σ w CE + ½ θᵀQθ − bᵀθ}. Newton's method finds its minimum.
 */
final class HeadObjective {
  private static final int MOST_STEPS = 100;
  private static final double DECREMENT = 1e-12;

  private final CrossEntropy loss;
  private final HeadShape shape;
  private final HeadRows rows;
  private final double[] quadratic;
  private final double[] linear;

  /**
   * An objective.
   *
   * @param shape how parameters make a head
   * @param rows of the cross-entropy; may be none
   * @param quadratic Q, the upper half of P × P
   * @param linear b
   */
  HeadObjective(HeadShape shape, HeadRows rows, double[] quadratic, double[] linear) {
    this.loss = new CrossEntropy(shape);
    this.shape = shape;
    this.rows = rows;
    this.quadratic = quadratic;
    this.linear = linear;
  }

  /** Cross-entropy with {@code ½ ridge ‖θ − centre‖²}. */
  static HeadObjective ridged(HeadShape shape, HeadRows rows, double ridge, double[] centre) {
    int parameters = shape.parameters();
    double[] quadratic = new double[parameters * parameters];
    double[] linear = new double[parameters];
    for (int i = 0; i < parameters; i++) {
      quadratic[i * parameters + i] = ridge;
      linear[i] = ridge * centre[i];
    }
    return new HeadObjective(shape, rows, quadratic, linear);
  }

  double value(double[] parameters) {
    double[] stretched = Blas.symmetricTimes(quadratic, parameters, shape.parameters());
    double value = loss.value(parameters, rows);
    for (int i = 0; i < parameters.length; i++) {
      value += parameters[i] * (0.5 * stretched[i] - linear[i]);
    }
    return value;
  }

  double[] gradient(double[] parameters) {
    double[] gradient = loss.gradient(parameters, rows);
    double[] stretched = Blas.symmetricTimes(quadratic, parameters, shape.parameters());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += stretched[i] - linear[i];
    }
    return gradient;
  }

  /**
   * The minimum. On a quadratic alone the first step is exact.
   *
   * @param start where to begin
   */
  double[] minimum(double[] start) {
    double[] at = start.clone();
    double value = value(at);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = gradient(at);
      double[] direction = solver(at).solve(gradient);
      double decrement = Vectors.dot(gradient, direction);
      if (decrement <= DECREMENT * Math.max(1, Math.abs(value))) {
        return Vectors.plus(at, -1, direction);
      }
      double length = 1;
      double[] next = Vectors.plus(at, -length, direction);
      double reached = value(next);
      while (!(reached <= value - 1e-4 * length * decrement) && length > 1e-8) {
        length /= 2;
        next = Vectors.plus(at, -length, direction);
        reached = value(next);
      }
      at = next;
      value = reached;
    }
    return at;
  }

  private HessianSolver solver(double[] at) {
    double[] hessian = loss.hessian(at, rows);
    for (int i = 0; i < hessian.length; i++) {
      hessian[i] += quadratic[i];
    }
    return CholeskySolver.of(hessian, shape.parameters(), 0);
  }
}
