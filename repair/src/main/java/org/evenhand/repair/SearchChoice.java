package org.evenhand.repair;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;

/**
 * Which of the forms that were tried is proposed, if any.
 *
 * @param ranking by which it was chosen
 * @param tried the forms
 * @param before figures of the deployed model
 * @param after figures of the forms, in their order
 * @param without decisions by what would have been chosen without the row's fold, the deployed ones
 *     if nothing
 * @param nested figures of those decisions
 * @param best index of the best form within the limits
 * @param chosen the same, if choosing it also gains on rows that it was not chosen by
 */
record SearchChoice(
    SearchRanking ranking,
    TriedMethods tried,
    SearchFigures before,
    List<SearchFigures> after,
    int[] without,
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
    int[] deployed = task.answers().decisions(task.decisionRule());
    SearchFigures before = ranking.figures(task.rows(), deployed);
    List<SearchFigures> after =
        tried.candidates().stream()
            .map(candidate -> ranking.figures(task.rows(), candidate.decisions()))
            .toList();
    IntPredicate allowed = i -> limits.access().allows(tried.candidates().get(i).method());
    int[] without = without(ranking, tried.candidates(), deployed, allowed);
    SearchFigures nested = ranking.figures(task.rows(), without);
    // The best of many may only look better; what is chosen without a row must gain on it too.
    OptionalInt best = ranking.best(before, after, task.rows(), allowed);
    OptionalInt chosen =
        ranking.rank(before, nested) < ranking.rank(before, before) ? best : OptionalInt.empty();
    return new SearchChoice(ranking, tried, before, after, without, nested, best, chosen);
  }

  private static int[] without(
      SearchRanking ranking, List<Candidate> candidates, int[] deployed, IntPredicate allowed) {
    int[] decisions = deployed.clone();
    Folds folds = TriedMethods.folds(ranking.task());
    for (int f = 0; f < folds.count(); f++) {
      int[] outside = folds.outside(f);
      LabelledSet some = ranking.task().rows().select(outside);
      List<SearchFigures> after =
          candidates.stream()
              .map(candidate -> ranking.figures(some, of(candidate.decisions(), outside)))
              .toList();
      OptionalInt chosen =
          ranking.best(ranking.figures(some, of(deployed, outside)), after, some, allowed);
      if (chosen.isPresent()) {
        for (int row : folds.in(f)) {
          decisions[row] = candidates.get(chosen.getAsInt()).decisions()[row];
        }
      }
    }
    return decisions;
  }

  private static int[] of(int[] decisions, int[] rows) {
    return Arrays.stream(rows).map(row -> decisions[row]).toArray();
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
   * least as good in Model Bias and overall accuracy and better in one; of equals the first.
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

  private static boolean equal(SearchFigures other, SearchFigures one) {
    return other.modelBias() == one.modelBias() && other.overall() == one.overall();
  }

  private static boolean beats(SearchFigures other, SearchFigures one) {
    return other.modelBias() <= one.modelBias()
        && other.overall() >= one.overall()
        && !equal(other, one);
  }
}
