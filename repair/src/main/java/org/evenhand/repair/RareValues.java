package org.evenhand.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * Rows in which values of attributes that are too rare to fit anything to are unknown, so that one
 * stray row does not stop a repair of all others.
 *
 * <p>A value is too rare if it has fewer than {@value #LEAST} rows of some class: two per fold of a
 * cross-validation. Where fewer than two values would be left, all are kept, and methods say what
 * they miss.
 *
 * @param rows with the values that are left
 * @param warnings one sentence per value that is not
 */
public record RareValues(LabelledSet rows, List<String> warnings) {
  static final int LEAST = 10;

  /** Copies the list. */
  public RareValues {
    warnings = List.copyOf(warnings);
  }

  /**
   * Makes them unknown.
   *
   * @param rows the calibration rows
   * @param attributes names of those whose bias is to be repaired
   */
  public static RareValues unknownIn(LabelledSet rows, List<String> attributes) {
    List<Attribute> kept = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Attribute attribute : rows.attributes()) {
      kept.add(
          attributes.contains(attribute.name())
              ? withoutRare(rows, attribute, warnings)
              : attribute);
    }
    return warnings.isEmpty()
        ? new RareValues(rows, warnings)
        : new RareValues(
            new LabelledSet(rows.inputs(), rows.target(), kept, rows.weights()), warnings);
  }

  private static Attribute withoutRare(
      LabelledSet rows, Attribute attribute, List<String> warnings) {
    double[] fewest = fewest(rows, attribute);
    int[] common =
        IntStream.range(0, fewest.length).filter(value -> fewest[value] >= LEAST).toArray();
    if (common.length < 2 || common.length == fewest.length) {
      return attribute;
    }
    for (int value = 0; value < fewest.length; value++) {
      if (fewest[value] < LEAST) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "Of '%s' the value '%s' has only %.0f calibration rows in some class; a repair is fitted to the other values, and learns nothing of this one.",
                attribute.name(),
                attribute.values().get(value),
                fewest[value]));
      }
    }
    return attribute.keep(common);
  }

  /** Rows of each value in the class in which it has fewest. */
  private static double[] fewest(LabelledSet rows, Attribute attribute) {
    int classes = rows.target().classes().size();
    double[] sizes = new double[attribute.size() * classes];
    Members members = Members.of(attribute, rows.weights());
    for (int member = 0; member < members.rows().length; member++) {
      sizes[
              members.attribute().codes()[member] * classes
                  + rows.target().codes()[members.rows()[member]]] +=
          members.weights()[member];
    }
    return IntStream.range(0, attribute.size())
        .mapToDouble(
            value ->
                IntStream.range(0, classes)
                    .mapToDouble(c -> sizes[value * classes + c])
                    .min()
                    .orElse(0))
        .toArray();
  }
}
