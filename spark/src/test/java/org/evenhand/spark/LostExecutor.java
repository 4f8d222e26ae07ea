package org.evenhand.spark;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.data.Labelling;

/**
 * A program that audits on two executors, of which one ends in the middle of the pass. It prints
 * how many rows were counted.
 */
final class LostExecutor {
  private LostExecutor() {}

  /**
   * Audits.
   *
   * @param arguments a file that does not exist: the executor that makes it ends
   */
  public static void main(String[] arguments) {
    String marker = arguments[0];
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("lost executor")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1")
            .getOrCreate();
    UDF1<Long, Boolean> end =
        id -> {
          if (id == 77_777 && isFirst(marker)) {
            Runtime.getRuntime().halt(137);
          }
          return true;
        };
    Dataset<Row> rows =
        spark
            .range(0, 100_000, 1, 8)
            .filter(functions.udf(end, DataTypes.BooleanType).apply(functions.col("id")))
            .selectExpr(
                "id % 2 AS repaid",
                "IF(id % 3 = 0, 'a', 'b') AS race", "(id % 100) / 100D AS score");
    AuditResult result =
        EvenhandSpark.audit(
            rows,
            Labelling.of("repaid", List.of("race")),
            new RowAnswers.Scores("score"),
            AuditSettings.builder().draws(99).build());
    System.out.printf(
        "rows %.0f, an executor ended: %s%n", result.rows(), new File(marker).exists());
    spark.stop();
  }

  private static boolean isFirst(String marker) throws IOException {
    return new File(marker).createNewFile();
  }
}
