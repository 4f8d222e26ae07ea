package org.evenhand.unlearning;

/**
 * A strictly convex objective in a head's parameters: cross-entropy over weighted rows plus a
 * quadratic, {@code Σ w CE + ½ θᵀQθ − bᵀθ}. Newton's method finds its minimum.
 */
final class HeadObjective {
  private static final int MOST_STEPS = 100;

  /** A decrement, in units of the value, that leaves the parameters exact to ten digits. */
  private static final double EXACT = 1e-20;

  /** Below this the value does not tell a good step from rounding: full steps are good ones. */
  private static final double SETTLED = 1e-10;

  /** A factor serves as long as every step makes the decrement so many times smaller. */
  private static final double PROGRESS = 0.05;

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
   * <p>To form and factor a Hessian costs as much as a dozen steps with the last one, so that it is
   * done only where those come on too slowly.
   *
   * @param start where to begin
   */
  double[] minimum(double[] start) {
    double[] at = start.clone();
    double value = value(at);
    HessianSolver solver = solver(at);
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = gradient(at);
      double[] direction = solver.solve(gradient);
      double decrement = Vectors.dot(gradient, direction);
      if (decrement > PROGRESS * before) {
        solver = solver(at);
        direction = solver.solve(gradient);
        decrement = Vectors.dot(gradient, direction);
      }
      double scale = Math.max(1, Math.abs(value));
      boolean settled = decrement <= SETTLED * scale;
      if (decrement <= EXACT * scale || (settled && decrement >= before)) {
        return Vectors.plus(at, -1, direction);
      }
      at = settled ? Vectors.plus(at, -1, direction) : lower(at, value, direction, decrement);
      value = value(at);
      before = decrement;
    }
    return at;
  }

  /** The step, halved until the value falls by a share of what a straight line would promise. */
  private double[] lower(double[] at, double value, double[] direction, double decrement) {
    double length = 1;
    double[] next = Vectors.plus(at, -length, direction);
    while (!(value(next) <= value - 1e-4 * length * decrement) && length > 1e-8) {
      length /= 2;
      next = Vectors.plus(at, -length, direction);
    }
    return next;
  }

  private HessianSolver solver(double[] at) {
    double[] hessian = loss.hessian(at, rows);
    for (int i = 0; i < hessian.length; i++) {
      hessian[i] += quadratic[i];
    }
    return CholeskySolver.of(hessian, shape.parameters(), 0);
  }
}
