package org.evenhand.data;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;

/**
 * The values of an attribute that a row can be given, with how often each occurs.
 *
 * @param attribute may be {@link Attribute#UNKNOWN} in some rows
 * @param frequencies the weight of every value's rows
 */
record Values(Attribute attribute, double[] frequencies) {
  /**
   * @throws DataException if fewer than two values are not missing
   */
  static Values of(Attribute attribute, double[] weights) {
    double[] frequencies = new double[attribute.size()];
    for (int row = 0; row < weights.length; row++) {
      if (attribute.codes()[row] != Attribute.UNKNOWN) {
        frequencies[attribute.codes()[row]] += weights[row];
      }
    }
    Values values = new Values(attribute, frequencies);
    if (values.present(code -> true).length < 2) {
      throw new DataException(
          "Column '%s' has no value but %s; flipping it needs a second one."
              .formatted(attribute.name(), Categories.listed(attribute.values())));
    }
    return values;
  }

  /** How many rows have a value. */
  int rows() {
    return (int) Arrays.stream(attribute.codes()).filter(code -> !isMissing(code)).count();
  }

  boolean isMissing(int code) {
    return code == Attribute.UNKNOWN;
  }

  int[] othersThan(int code) {
    return present(other -> other != code);
  }

  /** Of values that are equally frequent, the first. */
  int mostFrequent() {
    return mostFrequentOtherThan(Categories.MISSING);
  }

  int mostFrequentOtherThan(int code) {
    int best = Categories.MISSING;
    for (int other : othersThan(code)) {
      best = best == Categories.MISSING || frequencies[other] > frequencies[best] ? other : best;
    }
    return best;
  }

  /**
   * @throws DataException if there is no such value
   */
  int code(String value) {
    int code = Categories.indexOf(attribute.values(), value);
    if (code < 0) {
      throw new DataException(
          "Column '%s' cannot be flipped to '%s', which it does not hold; its values are %s."
              .formatted(attribute.name(), value, Categories.listed(attribute.values())));
    }
    return code;
  }

  private int[] present(IntPredicate wanted) {
    return IntStream.range(0, attribute.size()).filter(wanted).toArray();
  }
}
