package org.evenhand.core;

import java.util.List;

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

  /** The head in the model's own words, with its shape. */
  default String describeHead() {
    return "%d features to %d outputs".formatted(head().features(), head().layer().outputs());
  }

  /** Names of the stored tensors that hold the head's numbers; none where they have no names. */
  default List<String> headTensorNames() {
    return List.of();
  }
}
