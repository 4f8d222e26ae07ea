package org.evenhand.eraser;

import org.evenhand.core.Goal;

import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Removal;

/**
 * One set of calibration rows with what estimators share: group statistics and the bias predictor,
 * each computed once when first asked for. Not thread-safe; one thread works on one distillation.
 */
public final class Distillation {
  private final Calibration calibration;
  private final PatchTrainer trainer;
  private final long seed;
  private final CellStatistics cells;
  private Optional<Patch> biasPredictor = Optional.empty();

  Distillation(Calibration calibration, PatchTrainer trainer, long seed) {
    this.calibration = calibration;
    this.trainer = trainer;
    this.seed = seed;
    this.cells = CellStatistics.of(calibration);
  }

  /**
   * Prepares calibration rows for distillation.
   *
   * @param set the rows; their inputs are what patches see
   * @param attribute name of the attribute whose rule is distilled
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param seed of every random draw
   */
  public static Distillation of(
      LabelledSet set, String attribute, Answers.Soft answers, PatchTrainer trainer, long seed) {
    return new Distillation(Calibration.of(set, attribute, answers), trainer, seed);
  }

  /**
   * Distils the rule by one estimator and says what to subtract.
   *
   * @param estimator the estimator
   * @param goal what the corrected answers aim at
   * @param strength the share of the rule that is subtracted, 0 to 1
   * @throws EraserException if the rows do not determine the rule
   */
  public Removal removal(Estimator estimator, Goal goal, double strength) {
    return removal(estimator.distil(this), goal, strength);
  }

  Removal removal(BiasRule rule, Goal goal, double strength) {
    float[] kept = goal == Goal.UNIFORM ? new float[calibration.classes()] : biasFreeRule(rule);
    return new Removal(rule, kept, strength);
  }

  /**
   * log q̄: the mean rule over the calibration rows, which is Σ_b p(b)·T_b for a rule table (spec
   * 2.9).
   */
  private float[] biasFreeRule(BiasRule rule) {
    int classes = calibration.classes();
    double[] logRule = rule.logRule(calibration.inputs());
    double[] mean = new double[classes];
    double total = 0;
    for (int row = 0; row < calibration.rows(); row++) {
      double weight = calibration.weights()[row];
      total += weight;
      for (int k = 0; k < classes; k++) {
        mean[k] += weight * logRule[row * classes + k];
      }
    }
    float[] rounded = new float[classes];
    for (int k = 0; k < classes; k++) {
      rounded[k] = (float) (mean[k] / total);
    }
    return rounded;
  }

  Calibration calibration() {
    return calibration;
  }

  CellStatistics cells() {
    return cells;
  }

  /** The statistics of estimators that need every group. */
  CellStatistics populatedCells() {
    for (int group = 0; group < cells.sizes().length; group++) {
      if (cells.sizes()[group] == 0) {
        throw new EraserException(
            "The calibration rows hold no row of group (%s); the rule of that group cannot be distilled without one."
                .formatted(calibration.describe(group)));
      }
    }
    return cells;
  }

  /**
   * p_bal(b|x): trained with weights 1/n_{t,b}, so that it does not read the class as evidence for
   * the attribute.
   */
  Patch biasPredictor() {
    Patch predictor = biasPredictor.orElseGet(this::trainBiasPredictor);
    biasPredictor = Optional.of(predictor);
    return predictor;
  }

  private Patch trainBiasPredictor() {
    int values = calibration.values();
    double[] labels = new double[calibration.rows() * values];
    for (int row = 0; row < calibration.rows(); row++) {
      labels[row * values + calibration.attribute().codes()[row]] = 1;
    }
    return trainer.train(
        calibration.inputs(), labels, values, calibration.groupBalancedWeights(), seed);
  }

  /**
   * A patch g(x) that learns the labels of the rows' groups by (19).
   *
   * @param groupLabels K × |B| × K distributions
   */
  Patch patch(double[] groupLabels) {
    return trainer.train(
        calibration.inputs(),
        SoftLabels.byRow(calibration, groupLabels),
        calibration.classes(),
        calibration.weights(),
        seed);
  }
}
