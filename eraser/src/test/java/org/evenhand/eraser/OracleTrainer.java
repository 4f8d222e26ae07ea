package org.evenhand.eraser;

import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * The exact minimiser of the weighted cross-entropy over all functions of one text column: what a
 * patch converges to when the attribute itself is an input and data are plentiful.
 */
record OracleTrainer(String column) implements PatchTrainer {
  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    TextColumn text = (TextColumn) inputs.column(column);
    double[] means = new double[text.dictionary().size() * outputs];
    double[] totals = new double[text.dictionary().size()];
    for (int row = 0; row < inputs.rows(); row++) {
      totals[text.codes()[row]] += weights[row];
      for (int k = 0; k < outputs; k++) {
        means[text.codes()[row] * outputs + k] += weights[row] * softLabels[row * outputs + k];
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] = Math.log(means[i] / totals[i / outputs]);
    }
    return new OraclePatch(column, outputs, means);
  }

  private record OraclePatch(String column, int outputs, double[] byCode) implements Patch {
    @Override
    public double[] logProbabilities(Table inputs) {
      TextColumn text = (TextColumn) inputs.column(column);
      double[] out = new double[inputs.rows() * outputs];
      for (int row = 0; row < inputs.rows(); row++) {
        System.arraycopy(byCode, text.codes()[row] * outputs, out, row * outputs, outputs);
      }
      return out;
    }
  }
}
