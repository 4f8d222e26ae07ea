package org.evenhand.repair;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;

/**
 * Which of several forms is best within the limits.
 *
 * <p>Where a gap is to fall, each point of average group accuracy that is lost counts as a point of
 * the gap. A form never wins that decides one class in at least {@value #CONSTANT} of the rows, or
 * that recognises the average group no better than a constant answer does: 1/K, within two standard
 * errors.
 *
 * @param task rows that forms decide about
 * @param limits what a search is for, and within which limits it may choose
 */
record SearchRanking(RepairTask task, SearchLimits limits) {
  static final double CONSTANT = 0.99;

  /** Forms within so many standard errors of the best are taken for equally good. */
  private static final double TIED = 0.5;

  /**
   * What decisions come to on some rows.
   *
   * @param some the rows that count
   * @param decided about those rows
   */
  SearchFigures figures(LabelledSet some, int[] decided) {
    OptionalInt favourable =
        task.rows().target().classes().size() == 2 ? OptionalInt.of(1) : OptionalInt.empty();
    return SearchFigures.of(some, task.attributes(), favourable, decided);
  }

  /**
   * The best form within the limits that does better than the deployed model.
   *
   * @param before figures of the deployed model
   * @param after figures of the forms
   * @param some the rows that they are about
   * @param allowed which forms may be chosen at all
   */
  OptionalInt best(
      SearchFigures before, List<SearchFigures> after, LabelledSet some, IntPredicate allowed) {
    int[] within =
        IntStream.range(0, after.size())
            .filter(allowed)
            .filter(i -> within(before, after.get(i)))
            .filter(i -> rank(before, after.get(i)) < rank(before, before))
            .toArray();
    if (within.length == 0) {
      return OptionalInt.empty();
    }
    double lowest =
        Arrays.stream(within).mapToDouble(i -> rank(before, after.get(i))).min().orElseThrow();
    double tied = lowest + TIED * standardError(some);
    Comparator<Integer> order =
        limits.aim().rises()
            ? Comparator.comparingDouble(i -> after.get(i).modelBias())
            : Comparator.comparingDouble(i -> -after.get(i).average());
    return Arrays.stream(within)
        .filter(i -> rank(before, after.get(i)) <= tied)
        .boxed()
        .min(order)
        .map(OptionalInt::of)
        .orElseThrow();
  }

  boolean within(SearchFigures before, SearchFigures after) {
    return before.overall() - after.overall() <= limits.maxAccuracyLoss()
        && decides(after)
        && !(limits.minImpactRatio().isPresent()
            && after.impactRatio() < limits.minImpactRatio().getAsDouble());
  }

  /** Whether decisions tell the classes apart at all. */
  boolean decides(SearchFigures figures) {
    LabelledSet rows = task.rows();
    double chance = 1.0 / rows.target().classes().size();
    return figures.mostDecided() < CONSTANT
        && figures.average() > chance + 2 * standardErrorOfAverage(rows);
  }

  /** Lower is better. */
  double rank(SearchFigures before, SearchFigures after) {
    return limits.aim().rises()
        ? -after.of(limits.aim())
        : after.of(limits.aim()) + Math.max(0, before.average() - after.average());
  }

  /** The form that misses the limits by least, to be shown as what was tried. */
  int nearest(SearchFigures before, List<SearchFigures> after) {
    return IntStream.range(0, after.size())
        .boxed()
        .min(
            Comparator.comparingDouble(
                i ->
                    rank(before, after.get(i))
                        + Math.max(0, before.overall() - after.get(i).overall())))
        .orElseThrow();
  }

  /** Of Model Bias, at its largest: where groups are right in half of their rows. */
  private double standardError(LabelledSet some) {
    return standardError(some, values -> 2.0 / values);
  }

  /** Of the average group accuracy, likewise. */
  private double standardErrorOfAverage(LabelledSet some) {
    return standardError(some, values -> 1.0 / ((double) values * values));
  }

  /**
   * Of the mean over attributes of a figure that is made of group accuracies.
   *
   * @param share how much of a group's variance counts, by the number of values
   */
  private double standardError(LabelledSet some, IntToDoubleFunction share) {
    int classes = some.target().classes().size();
    double variance = 0;
    for (String name : task.attributes()) {
      int[] codes = some.attribute(name).codes();
      int values = some.attribute(name).size();
      double[] sizes = new double[classes * values];
      for (int row = 0; row < codes.length; row++) {
        if (codes[row] >= 0) {
          sizes[some.target().codes()[row] * values + codes[row]] += some.weights()[row];
        }
      }
      for (double size : sizes) {
        variance += size > 0 ? 0.25 / size * share.applyAsDouble(values) / (classes * classes) : 0;
      }
    }
    return Math.sqrt(variance) / task.attributes().size();
  }
}
