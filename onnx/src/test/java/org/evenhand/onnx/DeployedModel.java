package org.evenhand.onnx;

import java.nio.file.Path;
import org.evenhand.core.Table;

/**
 * The tabular models of the data folder.
 *
 * <p>Overall accuracies are those of its README, in percent of the test split.
 */
enum DeployedModel {
  COMPAS_MLP("compas-mlp", "compas", "two_year_recid", 70.64),
  COMPAS_MLP_NORACE("compas-mlp-norace", "compas", "two_year_recid", 69.22),
  LSAC_MLP("lsac-mlp", "lsac", "pass_bar", 89.62),
  LSAC_GBDT("lsac-gbdt", "lsac", "pass_bar", 88.87),
  ADULT_MLP("adult-mlp", "adult", "income", 85.45),
  ADULT_GBDT("adult-gbdt", "adult", "income", 87.56);

  private final String file;
  private final String table;
  final String target;
  final double overallAccuracy;

  DeployedModel(String file, String table, String target, double overallAccuracy) {
    this.file = file;
    this.table = table;
    this.target = target;
    this.overallAccuracy = overallAccuracy;
  }

  Path path() {
    return TestData.folder().resolve("models").resolve(file + ".onnx");
  }

  Table testSplit() {
    return TestData.testSplit(
        TestData.folder().resolve("tabular").resolve(table).resolve(table + ".csv.gz"));
  }
}
