package org.evenhand.repair;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;

/**
 * Which of several forms is best within the limits.
 *
 * <p>Where a gap is to fall, each point of average and of worst group accuracy that is lost counts
 * as a point of the gap. Where counterfactual bias is to fall, which is a difference of
 * probabilities, each point of probability counts so that true classes lose, averaged over groups.
 * A form never wins that decides one class in at least {@value #CONSTANT} of the rows, or that
 * recognises the average group no better than a constant answer does: 1/K, within two standard
 * errors; nor one that decides a class less than {@value #KEPT} times as often as both the deployed
 * model does and the rows have it, which takes the class away rather than the bias.
 *
 * @param task rows that forms decide about
 * @param limits what a search is for, and within which limits it may choose
 */
record SearchRanking(RepairTask task, SearchLimits limits) {
  static final double CONSTANT = 0.99;

  static final double KEPT = 0.5;

  /** Forms within so many standard errors of the best are taken for equally good. */
  private static final double TIED = 0.5;

  /**
   * What is said of the rows.
   *
   * @param decisions one per row
   * @param pairs what rows and their twins are given; empty without twins
   */
  record Said(int[] decisions, Optional<PairChances> pairs) {
    static Said by(Candidate candidate) {
      return new Said(candidate.decisions(), candidate.pairs());
    }
  }

  /** What the deployed model says. */
  Said deployed() {
    return new Said(
        task.answers().decisions(task.decisionRule()),
        task.twins().map(twins -> PairChances.deployed(twins, task)));
  }

  /** What that comes to on all rows. */
  SearchFigures figures(Said said) {
    return figures(task.rows(), IntStream.range(0, said.decisions().length).toArray(), said);
  }

  /**
   * What that comes to on some rows.
   *
   * @param set those rows
   * @param some their indices
   * @param said of all rows
   */
  SearchFigures figures(LabelledSet set, int[] some, Said said) {
    OptionalInt favourable =
        task.rows().target().classes().size() == 2 ? OptionalInt.of(1) : OptionalInt.empty();
    PairFigures pairs =
        task.twins().isPresent() && said.pairs().isPresent()
            ? PairFigures.of(task.twins().get(), task.twins().get().of(some), said.pairs().get())
            : PairFigures.NONE;
    return SearchFigures.of(
        set,
        task.attributes(),
        favourable,
        Arrays.stream(some).map(row -> said.decisions()[row]).toArray(),
        pairs);
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
    int lowest =
        Arrays.stream(within)
            .boxed()
            .min(Comparator.comparingDouble(i -> rank(before, after.get(i))))
            .orElseThrow();
    double error =
        limits.aim() == Aim.COUNTERFACTUAL_BIAS
            ? after.get(lowest).pairs().error()
            : standardError(some);
    double tied = rank(before, after.get(lowest)) + TIED * error;
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
        && keepsClasses(before, after)
        && !(limits.minImpactRatio().isPresent()
            && after.impactRatio() < limits.minImpactRatio().getAsDouble());
  }

  private static boolean keepsClasses(SearchFigures before, SearchFigures after) {
    return IntStream.range(0, after.shares().size())
        .allMatch(
            k ->
                after.shares().get(k)
                    >= KEPT * Math.min(before.shares().get(k), after.truths().get(k)));
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
    if (limits.aim().rises()) {
      return -after.of(limits.aim());
    }
    return after.of(limits.aim()) + lost(before, after);
  }

  /** What true classes or groups lose; what they win does not count. */
  private double lost(SearchFigures before, SearchFigures after) {
    return limits.aim() == Aim.COUNTERFACTUAL_BIAS
        ? Math.max(0, before.pairs().truth() - after.pairs().truth())
        : Math.max(0, before.average() - after.average())
            + Math.max(0, before.worst() - after.worst());
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
