package org.evenhand.core;

import java.util.List;

/**
 * A protected attribute of every row (the bias attribute b in the papers).
 *
 * @param name the column it came from
 * @param values the distinct values, at least one
 * @param codes one index into the values a row
 */
public record Attribute(String name, List<String> values, int[] codes) {
  /**
   * @throws CoreException if a code has no value
   */
  public Attribute {
    values = List.copyOf(values);
    Codes.requireInRange("Attribute '" + name + "'", codes, values.size());
  }

  /** |B|, the number of values. */
  public int size() {
    return values.size();
  }

  /**
   * The given rows, in the given order; the values stay the same even if some no longer occur.
   *
   * @param rows indices of rows
   */
  public Attribute select(int[] rows) {
    return new Attribute(name, values, Codes.select(codes, rows));
  }
}
