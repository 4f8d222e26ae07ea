package org.evenhand.core;

/** What columns of codes (targets, attributes, texts) have in common. */
final class Codes {
  private Codes() {}

  static int[] select(int[] codes, int[] rows) {
    int[] selected = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = codes[rows[i]];
    }
    return selected;
  }

  /** Whole rows of a row-major array. */
  static double[] select(double[] values, int width, int[] rows) {
    double[] selected = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, selected, i * width, width);
    }
    return selected;
  }

  /**
   * Refuses a code outside {@code [0, size)}: such a code would be counted in somebody else's
   * group.
   */
  static void requireInRange(String what, int[] codes, int size) {
    requireInRange(what, codes, 0, size);
  }

  /** Refuses a code outside {@code [least, size)}. */
  static void requireInRange(String what, int[] codes, int least, int size) {
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < least || codes[row] >= size) {
        throw new CoreException(
            "%s has code %d in row %d, but only codes 0 to %d have a name."
                .formatted(what, codes[row], row + 1, size - 1));
      }
    }
  }
}
