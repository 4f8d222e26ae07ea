package org.evenhand.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Column;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * A small simulated lending population, whose records are biased against women, and a model that
 * learned from them.
 *
 * @param folder where all of it lies
 */
record Lending(Path folder) {
  static final int ROWS = 2_500;
  private static final long SEED = 11;

  static Lending in(Path folder) {
    Lending lending = new Lending(folder);
    Table people = lending.people();
    CsvFile.write(people, lending.data());
    CsvFile.write(people.without(Set.of(Split.COLUMN)), lending.dataWithoutSplit());
    train(people, lending.model());
    return lending;
  }

  /** A model that does not read the protected attribute. */
  Path blindModel() {
    Path model = folder.resolve("blind.onnx");
    train(people().without(Set.of(SimulatedLending.ATTRIBUTE)), model);
    return model;
  }

  /** Writes the data as Parquet, with the classes as texts. */
  Path writeParquet(Path file) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT * REPLACE (if(repaid, 'yes', 'no') AS repaid) FROM '%s') TO '%s' (FORMAT parquet)"
              .formatted(data(), file));
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void train(Table people, Path model) {
    int[] rows = Split.rows(people, Split.COLUMN, Split.TRAIN);
    Target target =
        Labels.target(people, SimulatedLending.TARGET, SimulatedLending.CLASSES).select(rows);
    double[] labels = new double[2 * rows.length];
    for (int row = 0; row < rows.length; row++) {
      labels[2 * row + target.codes()[row]] = 1;
    }
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    Table inputs = people.without(Set.of(SimulatedLending.TARGET, Split.COLUMN)).select(rows);
    NetworkExporter.exportClassifier(
        new Perceptron(PerceptronSettings.DEFAULT.withHidden(16).withL2(1.0))
            .train(inputs, labels, 2, weights, SEED),
        Map.of("trained_by", "a test"),
        model);
  }

  Table people() {
    return SimulatedLending.table(ROWS, SEED);
  }

  Path model() {
    return folder.resolve("model.onnx");
  }

  Path data() {
    return folder.resolve("people.csv");
  }

  Path dataWithoutSplit() {
    return folder.resolve("people-without-split.csv");
  }

  /** The people, of whom all live on the coast but the fourth, in a file without splits. */
  Path withRegion(String region, Path file) {
    List<String> regions = new ArrayList<>(Collections.nCopies(ROWS, "coast"));
    regions.set(3, region);
    List<Column> columns =
        new ArrayList<>(people().without(Set.of("region", Split.COLUMN)).columns());
    columns.add(TextColumn.of("region", regions));
    CsvFile.write(Table.of(columns), file);
    return file;
  }

  Cli.Outcome run(String command, String... more) {
    return run(command, model(), data(), more);
  }

  Cli.Outcome run(String command, Path model, Path data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--target",
                SimulatedLending.TARGET,
                "--attribute",
                SimulatedLending.ATTRIBUTE,
                "--classes",
                "no,yes"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  /** Erases by one fixed estimator in two folds, which is faster than the choice among five. */
  Cli.Outcome eraseByTable(Path data, Path outputs, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--out", outputs.resolve("fused.onnx").toString()));
    options.addAll(List.of("--estimator", "C2", "--folds", "2"));
    options.addAll(List.of(more));
    return run("erase", model(), data, options.toArray(String[]::new));
  }

  static JsonNode gender(JsonNode audit) {
    return audit.path("attributes").path(SimulatedLending.ATTRIBUTE);
  }

  static double bias(JsonNode audit) {
    return gender(audit).path("model_bias").path("value").asDouble(Double.NaN);
  }
}
