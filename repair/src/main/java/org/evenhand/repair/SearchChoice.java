package org.evenhand.repair;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.SearchRanking.Said;

/**
 * Which of the forms that were tried is proposed, if any.
 *
 * @param ranking by which it was chosen
 * @param tried the forms
 * @param before figures of the deployed model
 * @param after figures of the forms, in their order
 * @param without what is said by what would have been chosen without the row's fold, by the
 *     deployed model if nothing
 * @param nested figures of that
 * @param best index of the best form within the limits
 * @param chosen the same, if choosing it also gains on rows that it was not chosen by
 */
record SearchChoice(
    SearchRanking ranking,
    TriedMethods tried,
    SearchFigures before,
    List<SearchFigures> after,
    Said without,
    SearchFigures nested,
    OptionalInt best,
    OptionalInt chosen) {

  /**
   * Chooses.
   *
   * @param tried the forms
   * @param limits within which to choose
   * @param task the rows that the forms decide about
   */
  static SearchChoice of(TriedMethods tried, SearchLimits limits, RepairTask task) {
    SearchRanking ranking = new SearchRanking(task, limits);
    Said deployed = ranking.deployed();
    SearchFigures before = ranking.figures(deployed);
    List<SearchFigures> after =
        tried.candidates().stream().map(candidate -> ranking.figures(Said.by(candidate))).toList();
    IntPredicate allowed = i -> limits.access().allows(tried.candidates().get(i).method());
    Said without = without(ranking, tried.candidates(), deployed, allowed);
    SearchFigures nested = ranking.figures(without);
    // The best of many may only look better; what is chosen without a row must gain on it too.
    OptionalInt best = ranking.best(before, after, task.rows(), allowed);
    OptionalInt chosen =
        ranking.rank(before, nested) < ranking.rank(before, before) ? best : OptionalInt.empty();
    return new SearchChoice(ranking, tried, before, after, without, nested, best, chosen);
  }

  private static Said without(
      SearchRanking ranking, List<Candidate> candidates, Said deployed, IntPredicate allowed) {
    int[] decisions = deployed.decisions().clone();
    Optional<PairChances> pairs = deployed.pairs();
    Folds folds = TriedMethods.folds(ranking.task());
    for (int f = 0; f < folds.count(); f++) {
      int[] outside = folds.outside(f);
      LabelledSet some = ranking.task().rows().select(outside);
      List<SearchFigures> after =
          candidates.stream()
              .map(candidate -> ranking.figures(some, outside, Said.by(candidate)))
              .toList();
      OptionalInt chosen =
          ranking.best(ranking.figures(some, outside, deployed), after, some, allowed);
      if (chosen.isPresent()) {
        Candidate best = candidates.get(chosen.getAsInt());
        int[] held = folds.in(f);
        for (int row : held) {
          decisions[row] = best.decisions()[row];
        }
        if (pairs.isPresent() && best.pairs().isPresent()) {
          int[] ofHeld = ranking.task().twins().orElseThrow().of(held);
          pairs = Optional.of(pairs.get().with(ofHeld, best.pairs().get()));
        }
      }
    }
    return new Said(decisions, pairs);
  }

  /** The form to show: the best one, or the one that misses the limits by least. */
  int shown() {
    return best.orElseGet(() -> ranking.nearest(before, after));
  }

  /**
   * The form that stands for a method: the chosen one, else its best within the limits, else its
   * best.
   */
  int standsFor(Method method) {
    return IntStream.range(0, after.size())
        .filter(i -> tried.candidates().get(i).method().equals(method))
        .boxed()
        .min(
            Comparator.comparing((Integer i) -> chosen.isPresent() && chosen.getAsInt() != i)
                .thenComparing(i -> !within(i))
                .thenComparing(i -> ranking.rank(before, after.get(i))))
        .orElseThrow();
  }

  /** Whether its figures are within the limits. */
  boolean within(int form) {
    return ranking.within(before, after.get(form));
  }

  /** Whether a form does no more than a constant answer does. */
  boolean isConstant(int form) {
    return !ranking.decides(after.get(form));
  }

  /**
   * Whether it decides by the rows, and neither the deployed model nor another such form is at
   * least as good in bias and overall accuracy and better in one; of equals the first. Bias is
   * Model Bias, or counterfactual bias where that is to fall.
   */
  boolean onFrontier(int form) {
    SearchFigures one = after.get(form);
    return !isConstant(form)
        && !beats(before, one)
        && !equal(before, one)
        && IntStream.range(0, after.size())
            .filter(i -> !isConstant(i))
            .noneMatch(i -> beats(after.get(i), one) || (i < form && equal(after.get(i), one)));
  }

  private boolean equal(SearchFigures other, SearchFigures one) {
    return bias(other) == bias(one) && other.overall() == one.overall();
  }

  private boolean beats(SearchFigures other, SearchFigures one) {
    return bias(other) <= bias(one) && other.overall() >= one.overall() && !equal(other, one);
  }

  private double bias(SearchFigures figures) {
    return figures.of(ranking.limits().aim().bias());
  }
}
