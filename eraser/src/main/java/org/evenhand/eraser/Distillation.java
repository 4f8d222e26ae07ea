package org.evenhand.eraser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;

/**
 * Calibration rows from which the rules of one or several attributes are distilled. Not
 * thread-safe.
 *
 * <pre>{@code
 * Distillation distillation = Distillation.of(calibration, List.of("race"), answers, trainer, 1);
 * Removal removal = distillation.removal(Estimator.of("P3"), Goal.UNIFORM, 1);
 * }</pre>
 */
public final class Distillation {
  private final Calibration rows;
  private final List<AttributeDistillation> parts;
  private final Map<Estimator, BiasRule> rules = new HashMap<>();

  Distillation(List<Calibration> byAttribute, SettledTrainers trainers) {
    this.rows = byAttribute.get(0);
    this.parts =
        byAttribute.stream()
            .map(calibration -> new AttributeDistillation(calibration, trainers))
            .toList();
  }

  /**
   * Prepares calibration rows for distillation.
   *
   * @param set the rows; their inputs are what patches see
   * @param attributes names of the attributes whose rules are distilled, at least one
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param seed of every random draw
   */
  public static Distillation of(
      LabelledSet set,
      List<String> attributes,
      Answers.Soft answers,
      PatchTrainer trainer,
      long seed) {
    return new Distillation(
        Calibration.of(set, attributes, answers), new SettledTrainers(trainer, seed));
  }

  List<AttributeDistillation> parts() {
    return parts;
  }

  /**
   * Distils the rules by one estimator and says what to subtract.
   *
   * @param estimator the estimator
   * @param goal what the corrected answers aim at
   * @param strength the share of the rule that is subtracted, 0 to 1
   * @throws EraserException if the rows do not determine the rule
   */
  public Removal removal(Estimator estimator, Goal goal, double strength) {
    return removal(rule(estimator), goal, strength);
  }

  /**
   * Settles on these rows how patches are trained, here and in parts of them.
   *
   * @param estimators those that will be asked for
   */
  void settle(List<Estimator> estimators) {
    parts.forEach(part -> part.settle(estimators));
  }

  /** Distilled once, however often it is asked for. */
  BiasRule rule(Estimator estimator) {
    BiasRule known = rules.get(estimator);
    if (known == null) {
      known = distil(estimator);
      rules.put(estimator, known);
    }
    return known;
  }

  private BiasRule distil(Estimator estimator) {
    List<BiasRule> rules = parts.stream().map(estimator::distil).toList();
    return rules.size() == 1 ? rules.get(0) : new BiasRule.Sum(rules, countedTwice(rules));
  }

  Removal removal(BiasRule rule, Goal goal, double strength) {
    float[] kept =
        goal == Goal.UNIFORM
            ? new float[rule.classes()]
            : mean(rule, rows.inputs(), rows.weights());
    return new Removal(rule, kept, strength);
  }

  /**
   * (m−1)·log q̄ for m attributes: every rule holds the bias-free rule, which must be subtracted
   * once, where the paper's equation (23) subtracts it m times. q̄ is the class- and bias-balanced
   * mean rule.
   */
  private float[] countedTwice(List<BiasRule> rules) {
    int classes = rules.get(0).classes();
    float[] sum = new float[classes];
    for (int i = 0; i < rules.size(); i++) {
      Calibration part = parts.get(i).calibration();
      float[] balanced = mean(rules.get(i), part.inputs(), part.groupBalancedWeights());
      for (int k = 0; k < classes; k++) {
        sum[k] += balanced[k] * (rules.size() - 1) / rules.size();
      }
    }
    return sum;
  }

  /**
   * Weighted mean of the rule over the calibration rows, which is Σ_b p(b)·T_b for a rule table:
   * the rule without bias, which the goal {@code prior} adds back.
   */
  private static float[] mean(BiasRule rule, Table inputs, double[] weights) {
    int classes = rule.classes();
    double[] logRule = rule.logRule(inputs);
    double[] sum = new double[classes];
    double total = 0;
    for (int row = 0; row < weights.length; row++) {
      total += weights[row];
      for (int k = 0; k < classes; k++) {
        sum[k] += weights[row] * logRule[row * classes + k];
      }
    }
    float[] mean = new float[classes];
    for (int k = 0; k < classes; k++) {
      mean[k] = (float) (sum[k] / total);
    }
    return mean;
  }
}
