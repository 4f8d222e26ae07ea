package com.example.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Provenance;
import org.evenhand.data.Labelling;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.spark.EvenhandSpark;
import org.evenhand.spark.ExecutorModel;
import org.evenhand.spark.RowAnswers;

/** Audits a model on a Dataset: executors ask it, and only the counts of groups travel. */
public final class SparkAudit {
  private SparkAudit() {}

  /**
   * Audits.
   *
   * @param people have the columns that the model reads, {@code repaid} and {@code gender}
   * @param model is asked by the executors
   */
  public static AuditResult audit(Dataset<Row> people, ExecutorModel model) {
    return EvenhandSpark.audit(
        people,
        Labelling.of("repaid", List.of("gender")),
        new RowAnswers.OfModel(model),
        AuditSettings.DEFAULT);
  }

  /**
   * Audits {@code people.csv} with {@code model.onnx}, and writes {@code audit.json} and the
   * decisions about everybody.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : ".").toAbsolutePath();
    String file = folder.resolve("model.onnx").toString();
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));
    try (SparkSession spark = SparkSession.builder().appName("audit").getOrCreate();
        ExecutorModel model = ExecutorModel.onnx(file, options)) {
      Dataset<Row> people =
          spark
              .read()
              .option("header", true)
              .option("inferSchema", true)
              .csv(folder.resolve("people.csv").toString());
      AuditResult result = audit(people, model);
      System.out.println(result.attribute("gender").explanation());
      Provenance provenance =
          Provenance.now(
              model.artefact().stream().toList(),
              result.settings().seed(),
              Map.of("spark", spark.version()));
      EvidencePack.writeJson(
          new Evidence.Audit("spark-submit audit.jar", result, provenance),
          Map.of(),
          folder.resolve("audit.json"));
      model.decide(people).write().parquet(folder.resolve("decided").toString());
    }
  }
}
