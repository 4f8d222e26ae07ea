package org.evenhand.unlearning;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Head;

/**
 * A head together with the curvature of the loss that it was trained on. The Hessian is formed
 * once; its factor once for every ridge.
 *
 * <pre>{@code
 * TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, train));
 * double[] influence = new InfluenceOnBias(head, 1e-3).of(bias, head.training());
 * }</pre>
 */
public final class TrainedHead {
  private final Head head;
  private final HeadShape shape;
  private final double[] parameters;
  private final HeadRows training;
  private final Optional<HeadRows> counterfactualTraining;
  private final int[] attribute;
  private final LossSums sums;
  private final Map<Double, HessianSolver> solvers = new HashMap<>();

  private TrainedHead(
      Head head, HeadRows training, Optional<HeadRows> counterfactualTraining, int[] attribute) {
    this.head = head;
    this.shape = HeadShape.of(head);
    this.parameters = shape.parameters(head);
    this.training = training;
    this.counterfactualTraining = counterfactualTraining;
    this.attribute = attribute;
    this.sums = LossSums.of(shape, parameters, training);
  }

  /**
   * A head and its training rows; where those are not at hand, rows like them.
   *
   * @param head as it is deployed
   * @param training the rows whose loss is curved, at least one
   * @throws UnlearningException if the rows are none or of another width
   */
  public static TrainedHead of(Head head, HeadRows training) {
    return new TrainedHead(head, training, Optional.empty(), new int[0]);
  }

  /**
   * The same with what every training row would be under another attribute value, which replacing
   * harmful rows needs.
   *
   * @param counterfactuals row k is the counterpart of training row k
   * @throws UnlearningException if there are not as many as training rows
   */
  public TrainedHead withCounterfactuals(HeadRows counterfactuals) {
    if (counterfactuals.rows() != training.rows()) {
      throw new UnlearningException(
          "There are %d training rows, but %d counterparts."
              .formatted(training.rows(), counterfactuals.rows()));
    }
    return new TrainedHead(head, training, Optional.of(counterfactuals), attribute);
  }

  /**
   * The same with the attribute of every training row, so that a rule can learn from those that
   * conflict with the bias.
   *
   * @param values one a training row, numbered as in the pairs; negative where it is not known
   * @throws UnlearningException if there are not as many as training rows
   */
  public TrainedHead withAttribute(int[] values) {
    if (values.length != training.rows()) {
      throw new UnlearningException(
          "There are %d training rows, but %d values of the attribute."
              .formatted(training.rows(), values.length));
    }
    return new TrainedHead(head, training, counterfactualTraining, values.clone());
  }

  /** The attribute of every training row; empty if it is not known. */
  int[] attribute() {
    return attribute;
  }

  /** The head as it is deployed. */
  public Head head() {
    return head;
  }

  /** How parameters make this head. */
  public HeadShape shape() {
    return shape;
  }

  /** θ̂, the deployed weights and biases. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** The rows that the Hessian is formed from. */
  public HeadRows training() {
    return training;
  }

  /** What the training rows would be under another attribute value. */
  Optional<HeadRows> counterfactualTraining() {
    return counterfactualTraining;
  }

  /** The summed Hessian, upper half of P × P; not to be changed. */
  double[] hessian() {
    return sums.hessian();
  }

  /** A ridge for objectives in mean units: so many mean squares of a feature. */
  double ridge(double relative) {
    return relative * sums.meanSquare();
  }

  /**
   * Solves with the summed Hessian, damped.
   *
   * @param relativeRidge the ridge per training row, in mean squares of a feature; at least 0
   * @throws UnlearningException if the damped Hessian is singular
   */
  public synchronized HessianSolver solver(double relativeRidge) {
    return solvers.computeIfAbsent(relativeRidge, sums::solver);
  }

  /** The norm of the training loss's mean gradient at θ̂: 0 where the head is at its optimum. */
  public double gradientNorm() {
    return sums.gradientNorm();
  }
}
