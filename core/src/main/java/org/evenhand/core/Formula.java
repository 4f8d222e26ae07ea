package org.evenhand.core;

/**
 * The operations in which a {@link Correction} is written. Tensors are rows × width and 64-bit; the
 * operations mean the same for every T, so that a correction computed with numbers and one emitted
 * as a graph agree.
 *
 * @param <T> a tensor: its numbers, or its name in a graph
 */
public interface Formula<T> {
  /** log p(y|x): the deployed model's answers, rows × K, in nats, every row normalised. */
  T answers();

  /**
   * What a patch answers, rows × outputs.
   *
   * @param patch asked about every row
   */
  T probabilities(Patch patch);

  /**
   * The logarithm of what a patch answers, rows × outputs, in nats.
   *
   * @param patch asked about every row
   * @param floor smaller probabilities are raised to this one
   */
  T logProbabilities(Patch patch, double floor);

  /**
   * The same numbers in every row.
   *
   * @param values one row, 32-bit so that an exported model computes with the same
   */
  T everywhere(float[] values);

  /**
   * Sum, entry by entry.
   *
   * @param left rows × width
   * @param right of the same width
   */
  T plus(T left, T right);

  /**
   * Difference, entry by entry.
   *
   * @param left rows × width
   * @param right of the same width
   */
  T minus(T left, T right);

  /**
   * All entries times one number.
   *
   * @param tensor any
   * @param factor finite
   */
  T scaled(T tensor, double factor);

  /**
   * Product with a constant matrix, rows × columns.
   *
   * @param tensor rows × width
   * @param matrix width × columns, row-major, 32-bit values
   * @param columns at least one
   */
  T times(T tensor, float[] matrix, int columns);

  /**
   * Every row's softmax: from logits to probabilities.
   *
   * @param tensor rows × width, in nats
   */
  T softmax(T tensor);

  /**
   * The logarithm, entry by entry, in nats.
   *
   * @param tensor any
   * @param floor positive; smaller entries are raised to it
   */
  T logarithm(T tensor, double floor);
}
