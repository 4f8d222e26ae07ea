package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All methods in one search: every form of each is judged on calibration rows that it was not
 * fitted on, the best one within the limits is proposed, and doing nothing is one of the
 * candidates.
 *
 * <p>What falls by making groups less accurate is no gain: where a gap is to fall, each point of
 * average and of worst group accuracy that is lost counts as a point of the gap. A form that
 * decides one class in at least 99 % of the rows, recognises the average group no better than by
 * chance, or decides a class less than half as often as both the deployed model does and the rows
 * have it, never wins. Because the best of many looks better than it is, the choice itself is
 * cross-validated: made on four fifths of the rows and judged on the fifth.
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
    SearchChoice choice = SearchChoice.of(TriedMethods.of(methods, limits, task), limits, task);
    SearchTables tables = new SearchTables(choice);
    int shown = choice.shown();
    boolean chosen = choice.chosen().isPresent();
    Proposal fitted = choice.tried().candidates().get(shown).proposal().get();
    Proposal proposal =
        new Proposal(
            fitted.method(),
            fitted.attributes(),
            fitted.variant(),
            fitted.settings(),
            tables.why(shown),
            Optional.of(tables.shortlist()),
            fitted.change(),
            fitted.alternatives(),
            Stream.concat(fitted.details().stream(), Stream.of(tables.worth(), tables.all()))
                .toList(),
            fitted.warnings(),
            fitted.cautions(),
            fitted.declined());
    return chosen ? proposal : proposal.decline(tables.whyNothing());
  }
}
