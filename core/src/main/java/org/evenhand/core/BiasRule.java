package org.evenhand.core;

/**
 * A distilled bias rule as a function of a classifier's inputs: log p(y|b(x)), up to a constant a
 * row.
 */
public sealed interface BiasRule {
  /** The model behind the rule. */
  Patch patch();

  /** K, the number of classes. */
  int classes();

  /**
   * The rule of every row, rows × K, row-major, in nats.
   *
   * @param inputs the rows
   */
  double[] logRule(Table inputs);

  /**
   * The paper's form: a patch g that answers with the rule itself. Its probabilities are clipped at
   * {@link #FLOOR}.
   *
   * @param patch has K outputs
   */
  record Distilled(Patch patch) implements BiasRule {
    /** A patch's probability below this says nothing but its own error (Rule Eraser spec 1.11). */
    public static final double FLOOR = 1e-6;

    @Override
    public int classes() {
      return patch.outputs();
    }

    @Override
    public double[] logRule(Table inputs) {
      double[] rule = patch.logProbabilities(inputs);
      double floor = Math.log(FLOOR);
      for (int i = 0; i < rule.length; i++) {
        rule[i] = Math.max(rule[i], floor);
      }
      return rule;
    }
  }

  /**
   * A rule table composed log-linearly with a bias predictor: Σ_b p(b|x)·T_b (spec 2.5).
   *
   * @param patch predicts the attribute, |B| outputs
   * @param table |B| × K, row-major, in nats, 32-bit values so that an exported model computes the
   *     same
   * @param classes K
   */
  record Tabulated(Patch patch, float[] table, int classes) implements BiasRule {
    /**
     * @throws CoreException if the table does not fit the predictor
     */
    public Tabulated {
      if (table.length != patch.outputs() * classes) {
        throw new CoreException(
            "A rule table of %d values and %d classes needs %d entries, but got %d."
                .formatted(patch.outputs(), classes, patch.outputs() * classes, table.length));
      }
    }

    @Override
    public double[] logRule(Table inputs) {
      double[] predicted = patch.logProbabilities(inputs);
      int values = patch.outputs();
      double[] rule = new double[inputs.rows() * classes];
      for (int row = 0; row < inputs.rows(); row++) {
        for (int b = 0; b < values; b++) {
          double p = Math.exp(predicted[row * values + b]);
          for (int k = 0; k < classes; k++) {
            rule[row * classes + k] += p * table[b * classes + k];
          }
        }
      }
      return rule;
    }
  }
}
