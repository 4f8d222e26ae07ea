package org.evenhand.unlearning;

/**
 * Which rows are bias-aligned: those of groups (t,b) that are more frequent than they would be if
 * target and attribute were independent.
 */
public final class Alignment {
  private Alignment() {}

  /**
   * Whether every row is aligned.
   *
   * @param targets the class of every row
   * @param attribute the attribute value of every row; a row of a negative one is not known, and
   *     never aligned
   * @param weights one per row
   */
  public static boolean[] of(int[] targets, int[] attribute, double[] weights) {
    int classes = largest(targets) + 1;
    int values = largest(attribute) + 1;
    double[] ofClass = new double[classes];
    double[] ofValue = new double[values];
    double[] ofGroup = new double[classes * values];
    double all = 0;
    for (int row = 0; row < targets.length; row++) {
      if (attribute[row] < 0) {
        continue;
      }
      ofClass[targets[row]] += weights[row];
      ofValue[attribute[row]] += weights[row];
      ofGroup[targets[row] * values + attribute[row]] += weights[row];
      all += weights[row];
    }
    boolean[] aligned = new boolean[targets.length];
    for (int row = 0; row < aligned.length; row++) {
      if (attribute[row] >= 0) {
        double group = ofGroup[targets[row] * values + attribute[row]];
        aligned[row] = group * all > ofClass[targets[row]] * ofValue[attribute[row]];
      }
    }
    return aligned;
  }

  private static int largest(int[] codes) {
    int largest = -1;
    for (int code : codes) {
      largest = Math.max(largest, code);
    }
    return largest;
  }
}
