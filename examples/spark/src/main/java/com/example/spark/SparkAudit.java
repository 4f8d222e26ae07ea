package com.example.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Audits a model on a Dataset: executors ask it, and only the counts of groups travel. */
public final class SparkAudit {
  private static final Classes CLASSES = Classes.of("no", "yes");

  private SparkAudit() {}

  /**
   * Audits.
   *
   * @param people have the columns that the model reads, {@code repaid} and {@code gender}
   * @param file the model, at the same place for every executor
   */
  public static AuditResult audit(Dataset<Row> people, String file) {
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(CLASSES.names()));
    try (LazyClassifier<OnnxClassifier> model =
        LazyClassifier.of(() -> OnnxClassifier.open(Path.of(file), options))) {
      StructType decided =
          new StructType()
              .add("repaid", DataTypes.StringType)
              .add("gender", DataTypes.StringType)
              .add("decided", DataTypes.StringType);
      MapPartitionsFunction<Row, Row> decide = part -> new Decisions(model, part);
      List<Row> counts =
          people
              .mapPartitions(decide, Encoders.row(decided))
              .groupBy("repaid", "gender", "decided")
              .count()
              .collectAsList();

      Table table = Table.ofRows(counts.stream().map(Decisions::values).toList());
      LabelledSet rows =
          Labelling.of("repaid", List.of("gender"))
              .withClasses(CLASSES)
              .withWeights("count")
              .apply(table);
      Answers answers = Labels.predictions(table, "decided", CLASSES);
      return Audit.of(rows, answers, AuditSettings.builder().weights(WeightKind.FREQUENCY).build());
    }
  }

  /** Audits {@code people.csv} with {@code model.onnx} and writes {@code audit.json}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : ".").toAbsolutePath();
    try (SparkSession spark = SparkSession.builder().appName("audit").getOrCreate()) {
      Dataset<Row> people =
          spark
              .read()
              .option("header", true)
              .option("inferSchema", true)
              .csv(folder.resolve("people.csv").toString());
      AuditResult result = audit(people, folder.resolve("model.onnx").toString());
      System.out.println(result.attribute("gender").explanation());
      Provenance provenance =
          Provenance.now(List.of(), result.settings().seed(), Map.of("spark", spark.version()));
      EvidencePack.writeJson(
          new Evidence.Audit("spark-submit audit.jar", result, provenance),
          Map.of(),
          folder.resolve("audit.json"));
    }
  }
}
