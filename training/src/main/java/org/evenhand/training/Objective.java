package org.evenhand.training;

import org.bytedeco.pytorch.Tensor;

/** What a training makes small. */
interface Objective {
  /** All that is trained. */
  Weights weights();

  /**
   * The mean loss of some images, as a number with a gradient.
   *
   * @param used {@link #weights}, or ones that share what is trained
   * @param images as the column holds them, with their number in front
   * @param rows which images they are
   */
  Tensor loss(Weights used, Tensor images, int[] rows);

  /** What the best epoch has least of, on rows that are not trained on. */
  Tensor heldOutLoss(Weights used, Tensor images, int[] rows);

  /** Whether rows are held out and the best epoch is kept, rather than the last. */
  default boolean judged() {
    return true;
  }

  /**
   * In how many parts a batch is computed, each with statistics of its own: parts of 32 images, but
   * two where there are 32 to 63.
   *
   * @param images of the batch
   */
  default int parts(int images) {
    return Math.max(1, Math.max(images / 32, Math.min(2, images / 16)));
  }
}
