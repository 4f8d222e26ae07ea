package org.evenhand.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.datasets.Dataset;
import org.evenhand.onnx.OnnxClassifier;

/**
 * One of the given deployed models with the rows that it was not trained on and its answers to
 * them.
 *
 * @param set calibration and test rows, with the model's inputs only
 * @param answers the model's answers to them
 * @param calibrationShare share of the calibration rows in the given division
 */
record Deployment(LabelledSet set, Answers.Soft answers, double calibrationShare) {

  /**
   * Loads a given model and asks it about all rows that it was not trained on.
   *
   * @param data the folder that {@code EVENHAND_DATA} names
   * @param model the model's file name without its ending
   * @param dataset its table
   * @param attributes the protected attributes
   */
  static Deployment load(Path data, String model, Dataset dataset, List<String> attributes) {
    Path file = data.resolve("models").resolve(model + ".onnx");
    if (!Files.isRegularFile(file)) {
      throw new ExperimentException(
          "The model '%s' is not there; set EVENHAND_DATA to the folder of the given data and models."
              .formatted(file));
    }
    try (OnnxClassifier deployed = OnnxClassifier.open(file)) {
      Table table = Tables.read(data.resolve(dataset.file()), TableOptions.of(deployed.inputs()));
      LabelledSet all =
          Labelling.of(dataset.target(), attributes).withClasses(deployed.classes()).apply(table);
      int[] calibration = Split.rows(table, Split.COLUMN, Split.CALIBRATION);
      int[] test = Split.rows(table, Split.COLUMN, Split.TEST);
      int[] both =
          IntStream.concat(IntStream.of(calibration), IntStream.of(test)).sorted().toArray();
      LabelledSet rows = all.select(both);
      List<String> inputs = deployed.inputs().stream().map(InputColumn::name).toList();
      LabelledSet seen =
          new LabelledSet(
              rows.inputs().only(inputs), rows.target(), rows.attributes(), rows.weights());
      return new Deployment(
          seen,
          (Answers.Soft) deployed.answer(seen.inputs()),
          (double) calibration.length / both.length);
    }
  }

  /** Some of the rows. */
  Answered answered(int[] rows) {
    return new Answered(set.select(rows), answers.select(rows));
  }

  /** Calibration and test rows of a random division, stratified by group. */
  List<int[]> divide(long seed) {
    return Split.stratified(set.strata(), seed, calibrationShare, 1 - calibrationShare);
  }
}
