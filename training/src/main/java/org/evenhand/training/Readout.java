package org.evenhand.training;

import org.bytedeco.pytorch.Tensor;

/** Reads something from features. */
@FunctionalInterface
interface Readout {
  /**
   * What it reads.
   *
   * @param features n × d
   */
  Tensor forward(Tensor features, Weights weights, boolean training);
}
