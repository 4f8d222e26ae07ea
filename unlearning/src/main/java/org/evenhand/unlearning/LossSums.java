package org.evenhand.unlearning;

import java.io.Serializable;

/**
 * What a head's training loss is made of, summed over rows: L = Σ w_i (−log p_y(φ_i)) with its
 * first and second derivatives at θ. Sums of parts of the rows add up to those of all, to within
 * rounding, so that parts may be summed on different machines.
 *
 * @param shape how parameters make the head
 * @param rows how many there were
 * @param weight Σ w_i
 * @param squares the sum of the squares of all features, whatever the weights
 * @param gradient ∂L/∂θ: P
 * @param hessian ∂²L/∂θ², the upper half of P × P, row-major
 */
public record LossSums(
    HeadShape shape, long rows, double weight, double squares, double[] gradient, double[] hessian)
    implements Serializable {

  /**
   * The sums over some rows.
   *
   * @param shape how parameters make the head
   * @param parameters θ: P
   * @param rows at least one, of the head's width
   * @throws UnlearningException if there are no rows, they have another width, or the head is too
   *     large for its Hessian
   */
  public static LossSums of(HeadShape shape, double[] parameters, HeadRows rows) {
    if (rows.rows() == 0 || rows.width() != shape.width()) {
      throw new UnlearningException(
          "The head reads %d features, but there are %d rows of %d to form its Hessian from."
              .formatted(shape.width(), rows.rows(), rows.width()));
    }
    CrossEntropy loss = new CrossEntropy(shape);
    return new LossSums(
        shape,
        rows.rows(),
        rows.weight(),
        rows.squares(),
        loss.gradient(parameters, rows),
        loss.hessian(parameters, rows));
  }

  /**
   * The sums over these rows and others.
   *
   * @param others of a head of the same shape with the same parameters
   */
  public LossSums plus(LossSums others) {
    return new LossSums(
        shape,
        rows + others.rows,
        weight + others.weight,
        squares + others.squares,
        Vectors.plus(gradient, 1, others.gradient),
        Vectors.plus(hessian, 1, others.hessian));
  }

  /** The mean square of a feature, which scales ridges. */
  double meanSquare() {
    return squares / (rows * (double) shape.width());
  }

  /**
   * Solves with the summed Hessian, damped.
   *
   * @param relativeRidge the ridge per unit of weight, in mean squares of a feature; at least 0
   * @throws UnlearningException if the damped Hessian is singular
   */
  public HessianSolver solver(double relativeRidge) {
    return CholeskySolver.of(hessian, shape.parameters(), relativeRidge * meanSquare() * weight);
  }

  /** The norm of the mean gradient: 0 where the head is at the optimum of its loss. */
  public double gradientNorm() {
    return Vectors.norm(gradient) / weight;
  }
}
