package org.evenhand.unlearning;

/**
 * How strongly every training row puts bias into a head: I_up,bias(z_k) = −∇B(θ)ᵀ H⁻¹ ∇L(z_k) of
 * Fast Model Debias.
 *
 * <p><b>Sign.</b> I is the change of B by <em>up-weighting</em> the row: a row of I &gt; 0 is
 * <em>harmful</em> (without it B is lower by about I), one of I &lt; 0 is <em>helpful</em> (without
 * it B is higher). The unit is that of B, for one row of weight 1; H is the summed Hessian.
 */
public final class InfluenceOnBias {
  private final HeadShape shape;
  private final double[] parameters;
  private final HessianSolver solver;

  /**
   * Influences at the deployed parameters.
   *
   * @param head with the Hessian of its training loss
   * @param relativeRidge see {@link TrainedHead#solver}
   */
  public InfluenceOnBias(TrainedHead head, double relativeRidge) {
    this(head.shape(), head.parameters(), head.solver(relativeRidge));
  }

  /**
   * Influences at a head's parameters.
   *
   * @param shape how the parameters make a head
   * @param parameters θ, near the minimum of the training loss
   * @param solver of the training loss's summed Hessian at θ
   */
  public InfluenceOnBias(HeadShape shape, double[] parameters, HessianSolver solver) {
    this.shape = shape;
    this.parameters = parameters;
    this.solver = solver;
  }

  /**
   * The influence of every row: one solve and one pass.
   *
   * @param bias B
   * @param rows training rows; their weights play no part
   * @return one value a row, positive where the row is harmful
   */
  public double[] of(BiasFunction bias, HeadRows rows) {
    return rows(bias).of(rows);
  }

  /**
   * What is needed to tell the influence of rows wherever they are: one solve.
   *
   * @param bias B
   */
  public RowInfluence rows(BiasFunction bias) {
    return new RowInfluence(shape, parameters, solver.solve(bias.gradient(shape, parameters)));
  }
}
