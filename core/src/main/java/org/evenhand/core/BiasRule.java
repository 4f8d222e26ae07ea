package org.evenhand.core;

import java.util.List;

/**
 * A distilled bias rule as a function of a classifier's inputs: log p(y|b(x)), up to a constant per
 * row.
 */
public sealed interface BiasRule {
  /** The models behind the rule: one for each attribute. */
  List<Patch> patches();

  /** K, the number of classes. */
  int classes();

  /**
   * The rule, rows × K, in nats.
   *
   * @param formula the operations to write it in
   * @param <T> what the operations work on
   */
  <T> T logRule(Formula<T> formula);

  /**
   * The rule of every row, rows × K, row-major, in nats.
   *
   * @param inputs the rows
   */
  default double[] logRule(Table inputs) {
    return logRule(new RowFormula(new double[0], classes(), inputs)).values();
  }

  /**
   * The paper's form: a patch g that answers with the rule itself. Its probabilities are clipped at
   * {@link #FLOOR}.
   *
   * @param patch has K outputs
   */
  record Distilled(Patch patch) implements BiasRule {
    /** A patch's probability below this says nothing but its own error. */
    public static final double FLOOR = 1e-6;

    @Override
    public List<Patch> patches() {
      return List.of(patch);
    }

    @Override
    public int classes() {
      return patch.outputs();
    }

    @Override
    public <T> T logRule(Formula<T> formula) {
      return formula.logProbabilities(patch, FLOOR);
    }
  }

  /**
   * A rule table composed with a bias predictor: log rule(y|x) = Σ_b p(b|x)·T_b(y). Where b is
   * certain, this is the rule of equation 14 of Rule Eraser.
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
    public List<Patch> patches() {
      return List.of(patch);
    }

    @Override
    public <T> T logRule(Formula<T> formula) {
      return formula.times(formula.probabilities(patch), table, classes);
    }
  }

  /**
   * A rule that is linear in the log-probabilities of a bias predictor: log rule(y|x) = Σ_b log
   * p(b|x)·W_b(y) + c(y). Its probabilities are clipped at {@link #FLOOR}, so that a predictor that
   * is sure does not subtract without bound.
   *
   * @param patch predicts the attribute, |B| outputs
   * @param weights |B| × K, row-major, in nats per nat, 32-bit values
   * @param intercept K, in nats, 32-bit values
   */
  record LogLinear(Patch patch, float[] weights, float[] intercept) implements BiasRule {
    /** Clips the predictor's probabilities. */
    public static final double FLOOR = 1e-3;

    /**
     * @throws CoreException if the weights do not fit the predictor
     */
    public LogLinear {
      if (weights.length != patch.outputs() * intercept.length) {
        throw new CoreException(
            "A log-linear rule of %d values and %d classes needs %d weights, but got %d."
                .formatted(
                    patch.outputs(),
                    intercept.length,
                    patch.outputs() * intercept.length,
                    weights.length));
      }
    }

    /** Log-probabilities of the predictor as the rule reads them, rows × |B|. */
    public static double[] read(Patch patch, Table inputs) {
      return LogSpace.atLeast(Math.log(FLOOR), patch.logProbabilities(inputs));
    }

    @Override
    public List<Patch> patches() {
      return List.of(patch);
    }

    @Override
    public int classes() {
      return intercept.length;
    }

    @Override
    public <T> T logRule(Formula<T> formula) {
      T weighted = formula.times(formula.logProbabilities(patch, FLOOR), weights, classes());
      return formula.plus(weighted, formula.everywhere(intercept));
    }
  }

  /**
   * The rules of several attributes together (Rule Eraser equation 23), less what all of them hold:
   * Σ_i rule_i − (m−1)·log q̄. For attributes that are independent given the class, p(y|b₁…b_m) is
   * in proportion to Π_i p(y|b_i) / p(y)^(m−1), so that the plain sum would remove the class prior
   * m times.
   *
   * @param rules one for each attribute, at least two, of the same classes
   * @param countedTwice (m−1)·log q̄, K numbers in nats, 32-bit values
   */
  record Sum(List<BiasRule> rules, float[] countedTwice) implements BiasRule {
    /**
     * @throws CoreException if the rules are of different classes
     */
    public Sum {
      rules = List.copyOf(rules);
      for (BiasRule rule : rules) {
        if (rule.classes() != countedTwice.length) {
          throw new CoreException(
              "A sum of rules of %d classes cannot hold one of %d."
                  .formatted(countedTwice.length, rule.classes()));
        }
      }
    }

    @Override
    public List<Patch> patches() {
      return rules.stream().flatMap(rule -> rule.patches().stream()).toList();
    }

    @Override
    public int classes() {
      return countedTwice.length;
    }

    @Override
    public <T> T logRule(Formula<T> formula) {
      T sum = rules.get(0).logRule(formula);
      for (BiasRule rule : rules.subList(1, rules.size())) {
        sum = formula.plus(sum, rule.logRule(formula));
      }
      return formula.minus(sum, formula.everywhere(countedTwice));
    }
  }
}
