package org.evenhand.eraser;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Members;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;

/**
 * The calibration rows as seen from one attribute, with what estimators share: group statistics and
 * the bias predictor, each computed once when first asked for. Not thread-safe; one thread works on
 * one distillation.
 */
public final class AttributeDistillation {
  private final Members members;
  private final Calibration calibration;
  private final SettledTrainers trainers;
  private final CellStatistics cells;
  private Optional<Patch> biasPredictor = Optional.empty();

  AttributeDistillation(Calibration calibration, SettledTrainers trainers) {
    this.members = Members.of(calibration.attribute(), calibration.weights());
    this.calibration = calibration.attribute().certain() ? calibration : calibration.of(members);
    this.trainers = trainers;
    this.cells = CellStatistics.of(this.calibration);
  }

  /** The members of the attribute's groups, each with one certain value. */
  Calibration calibration() {
    return calibration;
  }

  /** The weight of the calibration rows whose value is unknown. */
  double unknown() {
    return members.unknown();
  }

  /**
   * Decisions about the members.
   *
   * @param ofRows decisions about the rows that they stand for
   */
  int[] ofMembers(int[] ofRows) {
    return Arrays.stream(members.rows()).map(row -> ofRows[row]).toArray();
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
    return trainers.train(biasLesson());
  }

  private Lesson biasLesson() {
    int values = calibration.values();
    double[] labels = PatchTrainer.certainLabels(calibration.attribute().codes(), values);
    return lesson("bias predictor", labels, values, calibration.groupBalancedWeights());
  }

  /**
   * What a patch g(x) learns by (19): the labels of the rows' groups.
   *
   * @param estimator code of the estimator that it is for
   * @param groupLabels K × |B| × K distributions
   * @param weights one per row
   */
  Lesson lesson(String estimator, double[] groupLabels, double[] weights) {
    return lesson(
        estimator, SoftLabels.byRow(calibration, groupLabels), calibration.classes(), weights);
  }

  private Lesson lesson(String purpose, double[] labels, int outputs, double[] weights) {
    return new Lesson(
        calibration.attribute().name() + ", " + purpose,
        calibration.inputs(),
        labels,
        outputs,
        weights);
  }

  /**
   * Trains a patch.
   *
   * @param lesson what it learns
   */
  Patch patch(Lesson lesson) {
    return trainers.train(lesson);
  }

  /**
   * Settles on these rows how the patches of estimators are trained, on them and on parts of them.
   *
   * @param estimators those that will be asked for; one that these rows do not determine is left
   */
  void settle(List<Estimator> estimators) {
    trainers.settle(biasLesson());
    for (Estimator estimator : estimators) {
      if (estimator instanceof PatchEstimator ofPatch && !cells.hasEmpty()) {
        trainers.settle(ofPatch.lesson(this));
      }
    }
  }
}
