package org.evenhand.core;

/**
 * A deployed model seen from inside (white box): a fixed map from rows to features, and a head on
 * top of it. {@code head().answers(features(rows))} are the model's own answers.
 *
 * <pre>{@code
 * double[] features = model.features(people);
 * Head repaired = model.head().with(editedLayer);
 * Answers.Soft after = repaired.answers(features);
 * }</pre>
 */
public interface HeadedClassifier extends DeployedModel {
  /** The model's last dense layer as it is deployed. */
  Head head();

  /**
   * What the head reads for every row.
   *
   * @param inputs the rows; columns that the model does not read are ignored
   * @return rows × {@code head().features()}, row-major
   */
  double[] features(Table inputs);
}
