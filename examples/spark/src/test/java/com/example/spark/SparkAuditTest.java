package com.example.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.ModelContract;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labelling;
import org.evenhand.data.Tables;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkAuditTest {
  /** A network that learned from records in which men repay more often. */
  private static void train(Path file) {
    LabelledSet rows =
        Labelling.of("repaid", List.of("gender"))
            .apply(SimulatedLending.table(4_000, 1).without(Set.of("split")));
    double[] labels = new double[2 * rows.rows()];
    for (int row = 0; row < rows.rows(); row++) {
      labels[2 * row + rows.target().codes()[row]] = 1;
    }
    PatchNetwork network =
        new Perceptron(PerceptronSettings.DEFAULT)
            .train(rows.inputs(), labels, 2, rows.weights(), 1);
    NetworkExporter.exportClassifier(network, Map.of(), file);
  }

  private static double modelBias(AuditResult audit) {
    return ((Estimate.Known) audit.attribute("gender").modelBias().estimate()).value();
  }

  @Test
  void the_audit_on_executors_gives_the_figures_of_one_program(@TempDir Path folder)
      throws Exception {
    train(folder.resolve("model.onnx"));
    CsvFile.write(
        SimulatedLending.table(20_000, 2).without(Set.of("split")), folder.resolve("people.csv"));
    AuditResult expected;
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), options)) {
      Table people = Tables.read(folder.resolve("people.csv"), model.inputs());
      LabelledSet rows =
          Labelling.of("repaid", List.of("gender")).withClasses(model.classes()).apply(people);
      expected = Audit.of(rows, model.answer(people), AuditSettings.DEFAULT);
    }

    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "2");
    System.setProperty("spark.sql.files.maxPartitionBytes", "100000");
    SparkAudit.main(new String[] {folder.toString()});

    var written = new ObjectMapper().readTree(Files.readString(folder.resolve("audit.json")));
    var gender = written.at("/attributes/gender");
    assertThat(gender.path("verdict").asText())
        .isEqualTo(expected.attribute("gender").verdict().name())
        .isEqualTo(Verdict.BIASED.name());
    assertThat(gender.at("/model_bias/value").asDouble()).isEqualTo(modelBias(expected));
    assertThat(written.path("rows").asLong()).isEqualTo(20_000);
    assertThat(folder.resolve("decided").resolve("_SUCCESS")).exists();
  }
}
