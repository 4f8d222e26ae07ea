package com.example.loans;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.onnx.StepExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/** Run once, on labelled rows: writes the correction that the service applies. */
public final class WriteCorrection {
  private WriteCorrection() {}

  /** Writes {@code fair.step.onnx}, or the file that is named. */
  public static void main(String[] arguments) {
    write(
        SimulatedLending.table(20_000, 1),
        Path.of(arguments.length > 0 ? arguments[0] : "fair.step.onnx"));
  }

  /**
   * Learns from the calibration rows.
   *
   * @param loans rows with their outcomes
   * @param file where the correction goes
   */
  static void write(Table loans, Path file) {
    LabelledSet rows = rows(loans, Split.CALIBRATION);
    Classifier scorecard = Scorecard.classifier();
    ErasureProposal repair =
        Eraser.propose(
            rows,
            List.of("gender"),
            scorecard.answer(rows.inputs()),
            new Perceptron(PerceptronSettings.DEFAULT),
            EraserSettings.DEFAULT);
    repair
        .declined()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    StepExporter.export(
        scorecard.classes(),
        repair.removal(),
        DecisionRule.MOST_PROBABLE,
        Map.of("made_by", "me"),
        file);
  }

  /** Rows of one part with what the scorecard reads, and no more: nobody is asked their gender. */
  static LabelledSet rows(Table loans, String part) {
    LabelledSet all =
        Labelling.of("repaid", List.of("gender"))
            .apply(loans)
            .select(Split.rows(loans, Split.COLUMN, part));
    return new LabelledSet(
        all.inputs().only(Scorecard.COLUMNS), all.target(), all.attributes(), all.weights());
  }
}
