package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * A linear programme over variables that are not negative. Where several solutions are best, a
 * second cost decides between them, since which of them a solver comes to is nobody's decision.
 */
final class LinearProgramme {
  // Hipparchus' own 1e-6 would ignore a cost of a few rows in a million.
  private static final double EPSILON = 1e-10;
  private static final int ULPS = 10;
  private static final double CUT_OFF = 1e-12;
  private static final double TIE = 1e-9;
  private static final double MISSED = 1e-7;

  private final List<LinearConstraint> constraints = new ArrayList<>();

  LinearProgramme equal(double[] coefficients, double value) {
    constraints.add(new LinearConstraint(coefficients, Relationship.EQ, value));
    return this;
  }

  LinearProgramme atMost(double[] coefficients, double value) {
    constraints.add(new LinearConstraint(coefficients, Relationship.LEQ, value));
    return this;
  }

  /**
   * The variables of least cost.
   *
   * @param costs one per variable
   * @param second decides between solutions of equal cost
   * @throws BaselinesException if there is no solution
   */
  double[] solve(double[] costs, double[] second) {
    double[] first = minimise(costs, constraints);
    List<LinearConstraint> tied = new ArrayList<>(constraints);
    tied.add(new LinearConstraint(costs, Relationship.LEQ, dot(costs, first) + TIE));
    return minimise(second, tied);
  }

  private static double[] minimise(double[] costs, List<LinearConstraint> constraints) {
    double[] solution;
    try {
      solution =
          new SimplexSolver(EPSILON, ULPS, CUT_OFF)
              .optimize(
                  new LinearObjectiveFunction(costs, 0),
                  new LinearConstraintSet(constraints),
                  GoalType.MINIMIZE,
                  new NonNegativeConstraint(true))
              .getPoint();
    } catch (MathIllegalStateException unsolved) {
      throw new BaselinesException(
          "The linear programme of %d variables has no solution on these rows: %s"
              .formatted(costs.length, unsolved.getMessage()));
    }
    for (LinearConstraint constraint : constraints) {
      double over = dot(constraint.getCoefficients().toArray(), solution) - constraint.getValue();
      if (over > MISSED || (constraint.getRelationship() == Relationship.EQ && over < -MISSED)) {
        throw new BaselinesException(
            "The linear programme was solved to within %.1e only; try other rows."
                .formatted(Math.abs(over)));
      }
    }
    return solution;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
