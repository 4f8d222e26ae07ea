package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Answers;
import org.evenhand.core.Change;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.CsvTable;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Assumptions;

/**
 * A deployed model with its real table: optional at home, required where CI=true.
 *
 * @param model the deployed one
 * @param table all rows
 * @param target column of the classes
 * @param attribute column of the attribute
 */
record RealModel(OnnxClassifier model, Table table, String target, String attribute)
    implements AutoCloseable {
  /**
   * Figures of an audit.
   *
   * @param average accuracy of groups
   * @param worst accuracy of a group
   * @param bias Model Bias
   * @param overall accuracy
   */
  record Audited(double average, double worst, double bias, double overall) {}

  static RealModel open(String model, String table, String target, String attribute) {
    OnnxClassifier deployed = OnnxClassifier.open(file("models/" + model + ".onnx"));
    return new RealModel(
        deployed,
        CsvTable.read(
            file("tabular/" + table + "/" + table + ".csv.gz"), TableOptions.of(deployed.inputs())),
        target,
        attribute);
  }

  private static Path file(String path) {
    String folder = System.getenv("EVENHAND_DATA");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(folder != null, "EVENHAND_DATA is not set, so there is no " + path);
    }
    assertThat(folder).as("EVENHAND_DATA, needed for " + path).isNotNull();
    return Path.of(folder == null ? "" : folder, path);
  }

  LabelledSet rows(String split) {
    Table part = table.select(Split.rows(table, Split.COLUMN, split));
    return LabelledSet.of(
        part,
        Labels.target(part, target, Classes.of("0", "1")),
        List.of(Labels.attribute(part, attribute)));
  }

  RepairTask task() {
    LabelledSet calibration = rows(Split.CALIBRATION);
    return RepairTask.of(calibration, model.answer(calibration.inputs()), List.of(attribute));
  }

  /** Figures of the test rows with a change. */
  Audited test(Change change) {
    LabelledSet rows = rows(Split.TEST);
    return audited(rows, change.applyTo(model).answer(rows.inputs()));
  }

  private static Audited audited(LabelledSet rows, Answers answers) {
    AuditResult result = Audit.of(rows, answers, AuditSettings.DEFAULT);
    AttributeAudit audit = result.attributes().get(0);
    return new Audited(
        known(audit.averageGroupAccuracy()),
        known(audit.worstGroupAccuracy()),
        known(audit.modelBias().estimate()),
        known(result.overallAccuracy()));
  }

  private static double known(Estimate estimate) {
    return ((Estimate.Known) estimate).value();
  }

  @Override
  public void close() {
    model.close();
  }
}
