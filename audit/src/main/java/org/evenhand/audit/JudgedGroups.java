package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The groups of one attribute that have enough rows to be judged, class by class.
 *
 * @param classes those that have at least one judged group, ascending
 */
record JudgedGroups(List<OfClass> classes) {

  /**
   * The judged groups of one class.
   *
   * @param target index of the class
   * @param values indices of the judged values, ascending
   * @param accuracies one a judged value
   */
  record OfClass(int target, int[] values, Proportion[] accuracies) {}

  /**
   * Picks the groups with enough rows.
   *
   * @param accuracies classes × values, row-major
   * @param values |B|
   * @param minGroupSize a group of fewer rows is not judged
   */
  static JudgedGroups of(Proportion[] accuracies, int values, double minGroupSize) {
    List<OfClass> classes = new ArrayList<>();
    for (int t = 0; t < accuracies.length / values; t++) {
      int from = t * values;
      int[] judged =
          IntStream.range(0, values)
              .filter(b -> accuracies[from + b].n() >= minGroupSize)
              .toArray();
      if (judged.length > 0) {
        classes.add(
            new OfClass(
                t,
                judged,
                Arrays.stream(judged)
                    .mapToObj(b -> accuracies[from + b])
                    .toArray(Proportion[]::new)));
      }
    }
    return new JudgedGroups(classes);
  }

  /** The classes in which values can be compared: those with at least two judged groups. */
  JudgedGroups comparable() {
    return new JudgedGroups(classes.stream().filter(c -> c.values().length > 1).toList());
  }

  /** The accuracies of every class. */
  List<Proportion[]> accuracies() {
    return classes.stream().map(OfClass::accuracies).toList();
  }
}
