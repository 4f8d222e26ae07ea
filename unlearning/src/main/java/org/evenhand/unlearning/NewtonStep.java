package org.evenhand.unlearning;

/**
 * One Newton step that takes rows out of the training loss and puts others in: θ + η (H + λ)⁻¹ (Σ
 * ∇L(out) − Σ ∇L(in)), the removal and replacement of Fast Model Debias.
 */
final class NewtonStep {
  private final TrainedHead head;
  private final CrossEntropy loss;
  private final HeadRows out;
  private final HeadRows in;
  private final double[] gradient;

  NewtonStep(TrainedHead head, HeadRows out, HeadRows in) {
    this.head = head;
    this.loss = new CrossEntropy(head.shape());
    this.out = out;
    this.in = in;
    this.gradient = forces(head.parameters());
  }

  private double[] forces(double[] parameters) {
    return Vectors.plus(loss.gradient(parameters, out), -1, loss.gradient(parameters, in));
  }

  Step step(String settings, double relativeRidge, double length) {
    double[] before = head.parameters();
    double[] edited = Vectors.plus(before, length, head.solver(relativeRidge).solve(gradient));
    return new Step(settings, edited, relativeRidge, at -> changedLoss(at, relativeRidge, length));
  }

  /** The gradient of the training loss with the rows exchanged, η times, and the ridge about θ̂. */
  private double[] changedLoss(double[] parameters, double relativeRidge, double length) {
    double[] gradient =
        Vectors.plus(loss.gradient(parameters, head.training()), -length, forces(parameters));
    double[] moved = Vectors.plus(parameters, -1, head.parameters());
    return Vectors.plus(gradient, head.solver(relativeRidge).ridge(), moved);
  }
}
