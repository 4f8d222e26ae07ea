package org.evenhand.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Correction;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.LabelledSet;

/**
 * All methods in one search: every form of each is judged on calibration rows that it was not
 * fitted on, the best one within the limits is proposed, and doing nothing is one of the
 * candidates.
 *
 * <p>What falls by making groups less accurate is no gain: where a gap is to fall, each point of
 * average group accuracy that is lost counts as a point of the gap. A form that decides one class
 * in at least 99 % of the rows never wins. Because the best of many looks better than it is, the
 * choice itself is cross-validated: made on four fifths of the rows and judged on the fifth.
 *
 * <pre>{@code
 * Repair search = new RepairSearch(List.of(new EqualOdds(trainer), erasure), SearchLimits.DEFAULT);
 * Proposal proposal = search.propose(RepairTask.of(calibration, answers, List.of("race")));
 * }</pre>
 */
public final class RepairSearch implements Repair {
  /** What the method is. */
  public static final Method METHOD =
      new Method("search", "search over methods", "docs/repair.md", Method.Stage.ANSWERS, Set.of());

  private static final int FOLDS = 5;
  private final List<Repair> methods;
  private final SearchLimits limits;

  /**
   * A search.
   *
   * @param methods that are tried, in the order in which ties are broken
   * @param limits what it is for, and within which limits it may choose
   */
  public RepairSearch(List<? extends Repair> methods, SearchLimits limits) {
    this.methods = List.copyOf(methods);
    this.limits = limits;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Proposal propose(RepairTask task) {
    Map<Method, String> failed = new LinkedHashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Repair method : methods) {
      try {
        candidates.addAll(
            method instanceof Searchable searchable
                ? searchable.candidates(task)
                : List.of(crossFitted(method, task)));
      } catch (EvenhandException e) {
        failed.put(method.method(), String.valueOf(e.getMessage()));
      }
      task.progress().step("trying methods", methods.indexOf(method) + 1, methods.size());
    }
    if (candidates.isEmpty()) {
      throw new RepairException(
          "No method applies: %s"
              .formatted(
                  failed.entrySet().stream()
                      .map(entry -> entry.getKey().code() + ": " + entry.getValue())
                      .reduce((a, b) -> a + " " + b)
                      .orElse("none was named.")));
    }
    return choose(task, candidates, failed);
  }

  /** A method whose forms are its own affair, judged as a whole. */
  private static Candidate crossFitted(Repair method, RepairTask task) {
    Folds folds = folds(task);
    int[] decisions = new int[task.rows().rows()];
    for (int f = 0; f < folds.count(); f++) {
      int[] held = folds.in(f);
      RepairTask unseen = task.select(held);
      if (!(method.propose(task.select(folds.outside(f))).change()
          instanceof Correction correction)) {
        throw new RepairException("it changes the model itself, which cannot be judged by folds.");
      }
      int[] decided =
          correction.apply(unseen.scores(), unseen.rows().inputs()).decisions(task.decisionRule());
      for (int i = 0; i < held.length; i++) {
        decisions[held[i]] = decided[i];
      }
    }
    return new Candidate(method.method(), "", decisions, () -> method.propose(task));
  }

  private static Folds folds(RepairTask task) {
    LabelledSet rows = task.rows();
    return Folds.stratified(
        Stream.concat(
                Stream.of(rows.target().codes()),
                task.attributes().stream().map(name -> rows.attribute(name).codes()))
            .toList(),
        FOLDS,
        task.seed());
  }

  /** The best of the candidates, or doing nothing. */
  private Proposal choose(RepairTask task, List<Candidate> candidates, Map<Method, String> failed) {
    SearchRanking ranking = new SearchRanking(task, limits);
    int[] deployed = task.answers().decisions(task.decisionRule());
    int[] decidedWithout = decidedWithout(ranking, candidates, deployed);
    SearchFigures before = ranking.figures(task.rows(), deployed);
    List<SearchFigures> after =
        candidates.stream()
            .map(candidate -> ranking.figures(task.rows(), candidate.decisions()))
            .toList();
    SearchFigures nested = ranking.figures(task.rows(), decidedWithout);
    // The best of many may only look better; what is chosen without a row must gain on it too.
    OptionalInt best = ranking.best(before, after, task.rows());
    OptionalInt chosen =
        ranking.rank(before, nested) < ranking.rank(before, before) ? best : OptionalInt.empty();
    int shown = best.orElseGet(() -> ranking.nearest(before, after));
    SearchTables tables = new SearchTables(ranking, candidates, failed, before, after);
    Proposal fitted = candidates.get(shown).proposal().get();
    Proposal proposal =
        new Proposal(
            fitted.method(),
            fitted.attributes(),
            fitted.variant(),
            fitted.settings(),
            tables.why(shown, chosen.isPresent()),
            Optional.of(tables.shortlist(chosen)),
            fitted.change(),
            fitted.alternatives(),
            Stream.concat(
                    fitted.details().stream(),
                    Stream.of(
                        tables.worth(nested, changes(task, deployed, decidedWithout)),
                        tables.all()))
                .toList(),
            fitted.warnings(),
            fitted.cautions(),
            fitted.declined());
    return chosen.isPresent() ? proposal : proposal.decline(tables.whyNothing(shown));
  }

  private static int[] of(int[] decisions, int[] rows) {
    return Arrays.stream(rows).map(row -> decisions[row]).toArray();
  }

  /**
   * Decisions of what would have been chosen without the row's fold; the deployed ones if nothing.
   */
  private static int[] decidedWithout(
      SearchRanking ranking, List<Candidate> candidates, int[] deployed) {
    int[] decisions = deployed.clone();
    Folds folds = folds(ranking.task());
    for (int f = 0; f < folds.count(); f++) {
      int[] outside = folds.outside(f);
      LabelledSet some = ranking.task().rows().select(outside);
      List<SearchFigures> after =
          candidates.stream()
              .map(candidate -> ranking.figures(some, of(candidate.decisions(), outside)))
              .toList();
      OptionalInt chosen = ranking.best(ranking.figures(some, of(deployed, outside)), after, some);
      if (chosen.isPresent()) {
        for (int row : folds.in(f)) {
          decisions[row] = candidates.get(chosen.getAsInt()).decisions()[row];
        }
      }
    }
    return decisions;
  }

  private List<PairedChange> changes(RepairTask task, int[] deployed, int[] nested) {
    return task.attributes().stream()
        .map(
            name ->
                PairedGroups.of(
                        task.rows(),
                        task.rows().attribute(name),
                        deployed,
                        nested,
                        1,
                        // Those of a sample come scaled to how many rows they are worth.
                        WeightKind.FREQUENCY,
                        task.seed())
                    .of(limits.aim()))
        .toList();
  }
}
