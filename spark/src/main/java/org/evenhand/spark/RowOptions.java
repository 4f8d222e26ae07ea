package org.evenhand.spark;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Options that say where rows are. */
final class RowOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "The table of rows: a folder or file that the executors can read.")
  private String data = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description =
          "What --data and --attributes-from are: parquet, orc, csv, json, or another format that Spark reads (default ${DEFAULT-VALUE}).")
  private String format = "";

  @Option(
      names = "--attributes-from",
      paramLabel = "FOLDER",
      description =
          "A second table with protected attributes that --data does not have; rows are matched by --key.")
  private Optional<String> apart = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "The column that names a row both in --data and in --attributes-from.")
  private Optional<String> key = Optional.empty();

  /** Refuses one of two options that need each other. */
  void check() {
    if (apart.isPresent() != key.isPresent()) {
      throw new EvenhandSparkException("--attributes-from and --key need each other.");
    }
  }

  /** The rows, with the attributes that stand apart. */
  Dataset<Row> rows(SparkSession spark) {
    Dataset<Row> rows = table(spark, data);
    return apart
        .map(other -> EvenhandSpark.joined(rows, key.orElseThrow(), table(spark, other)))
        .orElse(rows);
  }

  private Dataset<Row> table(SparkSession spark, String folder) {
    return Failures.told(
        "'%s' could not be read as %s".formatted(folder, format),
        () ->
            spark
                .read()
                .format(format)
                // To a format with types of its own these say nothing.
                .option("header", true)
                .option("inferSchema", true)
                .load(folder));
  }
}
