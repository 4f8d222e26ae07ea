package org.evenhand.eraser;

import java.util.Arrays;
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
  private final PatchTrainer trainer;
  private final long seed;
  private final CellStatistics cells;
  private Optional<Patch> biasPredictor = Optional.empty();

  AttributeDistillation(Calibration calibration, PatchTrainer trainer, long seed) {
    this.members = Members.of(calibration.attribute(), calibration.weights());
    this.calibration = calibration.attribute().certain() ? calibration : calibration.of(members);
    this.trainer = trainer;
    this.seed = seed;
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
   * @param weights one per row
   */
  Patch patch(double[] groupLabels, double[] weights) {
    return trainer.train(
        calibration.inputs(),
        SoftLabels.byRow(calibration, groupLabels),
        calibration.classes(),
        weights,
        seed);
  }
}
