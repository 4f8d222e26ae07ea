package org.evenhand.patch;

import java.util.Arrays;

/**
 * A layer's input as the list of its entries that are not zero, reused from row to row: what a
 * one-hot text and a closed rectifier leave out costs nothing.
 */
final class SparseVector {
  private final int[] index;
  private final float[] value;
  private int size;

  /**
   * @param capacity the most entries that it will hold
   */
  SparseVector(int capacity) {
    index = new int[capacity];
    value = new float[capacity];
  }

  int[] index() {
    return index;
  }

  float[] value() {
    return value;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(int at, float entry) {
    index[size] = at;
    value[size++] = entry;
  }

  /** Becomes the positive part of these numbers. */
  void rectify(float[] numbers) {
    int count = 0;
    for (int j = 0; j < numbers.length; j++) {
      // Written whether it counts or not: a branch here would be mispredicted every other time.
      index[count] = j;
      value[count] = numbers[j];
      count += numbers[j] > 0 ? 1 : 0;
    }
    size = count;
  }

  /** Copies from {@code source} what this vector has entries for; the rest becomes zero. */
  void mask(float[] source, float[] masked) {
    Arrays.fill(masked, 0);
    for (int j = 0; j < size; j++) {
      masked[index[j]] = source[index[j]];
    }
  }
}
