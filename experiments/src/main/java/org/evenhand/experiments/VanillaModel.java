package org.evenhand.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.evenhand.datasets.Dataset;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * A model that was trained by cross-entropy on 60 % of a table, with the other rows: 20 % to learn
 * how to debias, 20 % to test, as in the experiments of Rule Eraser (arXiv 2404.04814).
 *
 * @param model a perceptron with one hidden layer of 64, as an ONNX model
 * @param calibration the rows to learn from, with its answers
 * @param test the rows to measure on, with its answers
 * @param folder of its file, deleted in the end
 */
record VanillaModel(OnnxHeadedClassifier model, Answered calibration, Answered test, Path folder)
    implements AutoCloseable {
  private static final PerceptronSettings SHAPE =
      PerceptronSettings.DEFAULT.withHidden(64).withL2(1.0);

  /**
   * Divides the rows, stratified by group, and trains.
   *
   * @param data the folder that {@code EVENHAND_DATA} names
   * @param dataset which table
   * @param seed of the division and of the training
   */
  static VanillaModel train(Path data, Dataset dataset, long seed) {
    Table table = Tables.read(data.resolve(dataset.file()));
    LabelledSet labelled =
        Labelling.of(dataset.target(), List.of(dataset.attribute())).apply(table);
    LabelledSet all =
        new LabelledSet(
            table.without(Set.of(dataset.target(), Split.COLUMN)),
            labelled.target(),
            labelled.attributes(),
            labelled.weights());
    List<int[]> parts = Split.stratified(all.strata(), seed, 0.6, 0.2, 0.2);
    Path folder = newFolder();
    Path file = folder.resolve("vanilla.onnx");
    LabelledSet training = all.select(parts.get(0));
    int classes = training.target().classes().size();
    NetworkExporter.exportClassifier(
        new Perceptron(SHAPE)
            .train(
                training.inputs(),
                PatchTrainer.certainLabels(training.target().codes(), classes),
                classes,
                training.weights(),
                seed),
        Map.of("trained_by", "evenhand reproduce"),
        file);
    OnnxHeadedClassifier model = OnnxHeadedClassifier.open(file);
    return new VanillaModel(
        model, answered(model, all, parts.get(1)), answered(model, all, parts.get(2)), folder);
  }

  private static Answered answered(OnnxHeadedClassifier model, LabelledSet all, int[] rows) {
    LabelledSet set = all.select(rows);
    return new Answered(set, model.answer(set.inputs()));
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("evenhand-vanilla-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    model.close();
    try {
      Files.deleteIfExists(folder.resolve("vanilla.onnx"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
