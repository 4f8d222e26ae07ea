package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Descent in the metric of the training Hessian: θ ← θ − η n (H + λ)⁻¹ ∇f(θ), the step halved until
 * f falls. The Hessian is factored once.
 */
final class Descent {
  /** The numbers of steps after which a rule may stop. */
  private static final Set<Integer> STOPS = Set.of(1, 3, 10, 30, 100);

  private static final int MOST_STEPS = 100;
  private static final double FIRST_LENGTH = 0.5;
  private static final double LEAST_LENGTH = 1e-6;

  private final TrainedHead head;
  private final ToDoubleFunction<double[]> value;
  private final Step.Gradient gradient;

  Descent(TrainedHead head, ToDoubleFunction<double[]> value, Step.Gradient gradient) {
    this.head = head;
    this.value = value;
    this.gradient = gradient;
  }

  /** The heads at every stop; once no step helps, the last one again. */
  List<Step> steps(String settings, double relativeRidge) {
    HessianSolver solver = head.solver(relativeRidge);
    double rows = head.training().weight();
    List<Step> stops = new ArrayList<>();
    double[] at = head.parameters();
    double reached = value.applyAsDouble(at);
    double length = FIRST_LENGTH;
    for (int step = 1; step <= MOST_STEPS; step++) {
      if (length >= LEAST_LENGTH) {
        double[] direction = solver.solve(gradient.at(at));
        double[] next = Vectors.plus(at, -length * rows, direction);
        double found = value.applyAsDouble(next);
        while (!(found < reached) && length >= LEAST_LENGTH) {
          length /= 2;
          next = Vectors.plus(at, -length * rows, direction);
          found = value.applyAsDouble(next);
        }
        if (found < reached) {
          at = next;
          reached = found;
          length = Math.min(FIRST_LENGTH, length * 1.5);
        }
      }
      if (STOPS.contains(step)) {
        stops.add(
            new Step(
                "%s%d steps, ridge %s".formatted(settings, step, relativeRidge),
                at,
                relativeRidge,
                gradient));
      }
    }
    return stops;
  }
}
