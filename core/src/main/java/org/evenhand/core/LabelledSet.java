package org.evenhand.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows with everything that an audit or an eraser needs to know about them.
 *
 * @param inputs what the classifier is asked about
 * @param target the true classes
 * @param attributes the protected attributes, at least one, with distinct names
 * @param weights frequency weights, one per row, finite and not negative: a row of weight 2 counts
 *     as the row twice
 */
public record LabelledSet(
    Table inputs, Target target, List<Attribute> attributes, double[] weights) {
  /**
   * @throws CoreException if the parts differ in length or a weight is negative or not finite
   */
  public LabelledSet {
    attributes = List.copyOf(attributes);
    requireDistinctNames(attributes);
    int rows = target.codes().length;
    requireRows("the inputs have", inputs.rows(), rows);
    requireRows("the weights have", weights.length, rows);
    for (Attribute attribute : attributes) {
      requireRows("attribute '" + attribute.name() + "' has", attribute.codes().length, rows);
    }
    for (int row = 0; row < rows; row++) {
      if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
        throw new CoreException(
            "The weight of row %d is %s; weights must be finite and not negative."
                .formatted(row + 1, weights[row]));
      }
    }
  }

  private static void requireDistinctNames(List<Attribute> attributes) {
    List<String> names = attributes.stream().map(Attribute::name).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new CoreException(
          "A labelled set needs attributes with distinct names, but has %s.".formatted(names));
    }
  }

  private static void requireRows(String what, int actual, int expected) {
    if (actual != expected) {
      throw new CoreException(
          "The target has %d rows, but %s %d.".formatted(expected, what, actual));
    }
  }

  /**
   * A set in which every row counts once.
   *
   * @param inputs what the classifier is asked about
   * @param target the true classes
   * @param attributes the protected attributes
   */
  public static LabelledSet of(Table inputs, Target target, List<Attribute> attributes) {
    double[] ones = new double[target.codes().length];
    Arrays.fill(ones, 1);
    return new LabelledSet(inputs, target, attributes, ones);
  }

  /** The number of rows (not their weight). */
  public int rows() {
    return target.codes().length;
  }

  /** The total weight, which is how many rows the set counts as. */
  public double weight() {
    return Arrays.stream(weights).sum();
  }

  /**
   * The attribute of that name.
   *
   * @param name an attribute's name
   * @throws CoreException if there is none
   */
  public Attribute attribute(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new CoreException("The labelled set has no attribute '%s'.".formatted(name)));
  }

  /**
   * The given rows, in the given order.
   *
   * @param rows indices of rows
   */
  public LabelledSet select(int[] rows) {
    double[] selectedWeights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selectedWeights[i] = weights[rows[i]];
    }
    return new LabelledSet(
        inputs.select(rows),
        target.select(rows),
        attributes.stream().map(attribute -> attribute.select(rows)).toList(),
        selectedWeights);
  }

  /**
   * One number per row that is the same exactly for rows of the same class and the same attribute
   * values, for divisions that keep every group in proportion.
   */
  public int[] strata() {
    int[] strata = target.codes().clone();
    for (Attribute attribute : attributes) {
      Map<Long, Integer> numbers = new HashMap<>();
      for (int row = 0; row < strata.length; row++) {
        // Unknown is -1 and makes a stratum of its own.
        long pair = (long) strata[row] * (attribute.size() + 1) + attribute.codes()[row] + 1;
        strata[row] = numbers.computeIfAbsent(pair, key -> numbers.size());
      }
    }
    return strata;
  }
}
