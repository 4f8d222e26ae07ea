package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Classes;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.evenhand.datasets.Catalogue;
import org.evenhand.datasets.Dataset;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * A deployed model with its data, as a user would have them.
 *
 * @param introduction what the reader is about to see
 * @param model the deployed model's file
 * @param data the rows' file
 * @param target the column of true classes
 * @param attribute the protected attribute's column
 * @param classes the classes in the model's order
 * @param favourable the class whose receipt is an advantage
 */
public record DemoScene(
    String introduction,
    Path model,
    Path data,
    String target,
    String attribute,
    Classes classes,
    String favourable) {
  private static final PerceptronSettings DEPLOYED =
      PerceptronSettings.DEFAULT.withHidden(64).withL2(1.0);

  /**
   * Borrowers of a simulated population whose records are biased in a known way.
   *
   * @param folder where model and data go
   * @param seed of the population and of the training
   */
  public static DemoScene simulated(Path folder, long seed) {
    Table people = SimulatedLending.table(SimulatedLending.DEFAULT_ROWS, seed);
    Path data = folder.resolve("people.csv");
    CsvFile.write(people, data);
    Map<String, Double> recorded = SimulatedLending.recordedRepayment();
    String introduction =
        String.format(
            Locale.ROOT,
            "A simulated lending population: women and men repay alike, but the records that the model learned from say"
                + " that %.0f %% of the women and %.0f %% of the men did.",
            100 * recorded.getOrDefault("female", Double.NaN),
            100 * recorded.getOrDefault("male", Double.NaN));
    return new DemoScene(
        introduction,
        train(people, SimulatedLending.TARGET, folder, seed),
        data,
        SimulatedLending.TARGET,
        SimulatedLending.ATTRIBUTE,
        SimulatedLending.CLASSES,
        SimulatedLending.CLASSES.names().get(1));
  }

  /**
   * A public data set with a model trained on its train rows.
   *
   * @param name of the data set
   * @param folder where the model goes
   * @param seed of the training
   */
  public static DemoScene ofDataset(String name, Path folder, long seed) {
    Dataset dataset = Dataset.named(name);
    Path data = Catalogue.ofUser().locate(dataset);
    Table people = Tables.read(data);
    return new DemoScene(
        "The data set '%s' (%s), with a model trained on its train rows on the spot."
            .formatted(name, data),
        train(people, dataset.target(), folder, seed),
        data,
        dataset.target(),
        dataset.attribute(),
        Labels.target(people, dataset.target()).classes(),
        dataset.favourable());
  }

  private static Path train(Table people, String targetColumn, Path folder, long seed) {
    Target target = Labels.target(people, targetColumn);
    int[] rows = Split.rows(people, Split.COLUMN, Split.TRAIN);
    int[] codes = target.select(rows).codes();
    int classes = target.classes().size();
    double[] labels = PatchTrainer.certainLabels(codes, classes);
    double[] weights = new double[codes.length];
    Arrays.fill(weights, 1);
    Table inputs = people.without(Set.of(targetColumn, Split.COLUMN)).select(rows);
    PatchNetwork network = new Perceptron(DEPLOYED).train(inputs, labels, classes, weights, seed);
    Path model = folder.resolve("model.onnx");
    NetworkExporter.exportClassifier(network, Map.of("trained_by", "evenhand demo"), model);
    return model;
  }
}
