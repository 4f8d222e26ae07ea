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

  /**
   * Refuses a code outside {@code [0, size)}: such a code would be counted in somebody else's
   * group.
   */
  static void requireInRange(String what, int[] codes, int size) {
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < 0 || codes[row] >= size) {
        throw new CoreException(
            "%s has code %d in row %d, but only codes 0 to %d have a name."
                .formatted(what, codes[row], row, size - 1));
      }
    }
  }
}
