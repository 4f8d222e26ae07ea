package org.evenhand.experiments;

import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.GroupSummary;
import org.evenhand.audit.NoiseFloor;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.eraser.EraserSettings;

/**
 * How a model does on test rows.
 *
 * @param groups averages over groups, and overall accuracy
 * @param noiseFloor mean Model Bias that chance alone gives
 */
record ErasureFigures(GroupSummary groups, double noiseFloor) {
  private static final int NOISE_DRAWS = 999;

  /** Model Bias beyond what chance gives; below zero is chance too. */
  double excessBias() {
    return groups.modelBias() - noiseFloor;
  }

  static ErasureFigures of(LabelledSet test, String attribute, Answers.Soft answers, long seed) {
    int[] decisions = answers.decisions(EraserSettings.DEFAULT.decisionRule());
    ConfusionTable table =
        ConfusionTable.of(test.target(), test.attribute(attribute), decisions, test.weights());
    GroupSummary groups = GroupSummary.of(table);
    NoiseFloor floor = NoiseFloor.of(table, groups.modelBias(), NOISE_DRAWS, seed);
    return new ErasureFigures(groups, floor.mean());
  }
}
