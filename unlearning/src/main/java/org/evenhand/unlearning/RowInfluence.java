package org.evenhand.unlearning;

import java.io.Serializable;

/**
 * What is needed to tell the influence of one row after the other: the direction H⁻¹ ∇B(θ), which
 * was solved for once and may be sent to other machines. See {@link InfluenceOnBias} for sign and
 * unit.
 *
 * @param shape how parameters make the head
 * @param parameters θ: P
 * @param direction H⁻¹ ∇B(θ): P
 */
public record RowInfluence(HeadShape shape, double[] parameters, double[] direction)
    implements Serializable {

  /**
   * The influence of every row.
   *
   * @param rows training rows; their weights play no part
   * @return one value a row, positive where the row is harmful
   */
  public double[] of(HeadRows rows) {
    double[] slopes = shape.logits(direction, rows);
    double[] p = shape.probabilities(parameters, rows);
    int outputs = shape.outputs();
    double[] influence = new double[rows.rows()];
    for (int row = 0; row < influence.length; row++) {
      double sum = 0;
      for (int output = 0; output < outputs; output++) {
        int k = output + shape.fixed();
        double truth = rows.targets()[row] == k ? 1 : 0;
        sum += slopes[row * outputs + output] * (p[row * shape.classes() + k] - truth);
      }
      influence[row] = -sum;
    }
    return influence;
  }
}
