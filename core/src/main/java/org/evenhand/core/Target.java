package org.evenhand.core;

/**
 * The true class of every row (t in the papers).
 *
 * @param name the column it came from
 * @param classes the classes, in the order of the classifier's probabilities
 * @param codes one index into the classes a row
 */
public record Target(String name, Classes classes, int[] codes) {
  /**
   * @throws CoreException if a code has no class
   */
  public Target {
    Codes.requireInRange("Target '" + name + "'", codes, classes.size());
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
