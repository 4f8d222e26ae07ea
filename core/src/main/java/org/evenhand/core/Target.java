package org.evenhand.core;

import java.util.Arrays;

/**
 * The true class of every row (t in the papers), or of none.
 *
 * @param name the column it came from
 * @param classes the classes, in the order of the classifier's probabilities
 * @param codes one index into the classes per row, or {@link #UNKNOWN} in every row
 */
public record Target(String name, Classes classes, int[] codes) {
  /** The code of every row where nobody knows the outcomes. */
  public static final int UNKNOWN = -1;

  /**
   * @throws CoreException if a code has no class, unless none has
   */
  public Target {
    if (Arrays.stream(codes).anyMatch(code -> code != UNKNOWN)) {
      Codes.requireInRange("Target '" + name + "'", codes, classes.size());
    }
  }

  /**
   * Rows of which nobody knows what came of them.
   *
   * @param classes that are decided between
   * @param rows how many
   */
  public static Target unknown(Classes classes, int rows) {
    int[] codes = new int[rows];
    Arrays.fill(codes, UNKNOWN);
    return new Target("", classes, codes);
  }

  /** Whether the rows' true classes are known; if so, all of them are. */
  public boolean known() {
    return codes.length == 0 || codes[0] != UNKNOWN;
  }

  /**
   * The given rows, in the given order.
   *
   * @param rows indices of rows
   */
  public Target select(int[] rows) {
    return new Target(name, classes, Codes.select(codes, rows));
  }
}
