package org.evenhand.training;

import org.bytedeco.pytorch.Tensor;

/** What a training makes small. */
interface Objective {
  /** All that is trained. */
  Weights weights();

  /**
   * The loss of a batch, as a number with a gradient.
   *
   * @param images as the column holds them, with the batch in front
   * @param rows which images they are
   */
  Tensor loss(Tensor images, int[] rows);

  /** What the best epoch has least of, on rows that are not trained on. */
  Tensor heldOutLoss(Tensor images, int[] rows);
}
