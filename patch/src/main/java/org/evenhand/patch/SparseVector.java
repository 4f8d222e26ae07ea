package org.evenhand.patch;

/**
 * A row's inputs as the list of its entries that are not zero, reused from row to row: what a
 * one-hot text leaves out costs nothing.
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
}
