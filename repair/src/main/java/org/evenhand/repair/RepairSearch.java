package org.evenhand.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Correction;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Value.Unit;

/**
 * All methods in one search: every form of each is judged on calibration rows that it was not
 * fitted on, the best one within the limits is proposed, and doing nothing is one of the
 * candidates.
 *
 * <p>What falls by making groups less accurate is no gain: where a gap is to fall, each point of
 * average group accuracy that is lost counts as a point of the gap. A form that decides one class
 * in at least {@value #CONSTANT} of the rows never wins. Because the best of many looks better than
 * it is, the choice itself is cross-validated: made on four fifths of the rows and judged on the
 * fifth.
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
  private static final double CONSTANT = 0.99;

  /** Forms within so many standard errors of the best are taken for equally good. */
  private static final double TIED = 0.5;

  private static final List<FactTable.Column> COLUMNS =
      List.of(
          new FactTable.Column("method", "Method"),
          new FactTable.Column("form", "Form"),
          new FactTable.Column("model_bias", "Model Bias"),
          new FactTable.Column("overall_accuracy", "Overall"),
          new FactTable.Column("average_group_accuracy", "Average of groups"),
          new FactTable.Column("worst_group_accuracy", "Worst group"),
          new FactTable.Column("impact_ratio", "Impact ratio"),
          new FactTable.Column("note", "Note"));

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
    return new Choice(task, candidates, failed).proposal();
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

  /** The best of the candidates, and doing nothing. */
  private final class Choice {
    private final RepairTask task;
    private final List<Candidate> candidates;
    private final Map<Method, String> failed;
    private final int[] deployed;
    private final OptionalInt favourable;
    private final int[] all;
    private final int[] withoutOwnFold;

    Choice(RepairTask task, List<Candidate> candidates, Map<Method, String> failed) {
      this.task = task;
      this.candidates = candidates;
      this.failed = failed;
      this.deployed = task.answers().decisions(task.decisionRule());
      this.favourable =
          task.rows().target().classes().size() == 2 ? OptionalInt.of(1) : OptionalInt.empty();
      this.all = IntStream.range(0, deployed.length).toArray();
      this.withoutOwnFold = decidedWithout();
    }

    private SearchFigures figures(int[] decisions, int[] counted) {
      return SearchFigures.of(task.rows(), task.attributes(), favourable, decisions, counted);
    }

    Proposal proposal() {
      SearchFigures before = figures(deployed, all);
      List<SearchFigures> after =
          candidates.stream().map(candidate -> figures(candidate.decisions(), all)).toList();
      SearchFigures nested = figures(withoutOwnFold, all);
      // The best of many may only look better; what is chosen without a row must gain on it too.
      OptionalInt best = best(before, after, all);
      OptionalInt chosen = rank(before, nested) < rank(before, before) ? best : OptionalInt.empty();
      int shown = best.orElseGet(() -> nearest(before, after));
      Candidate candidate = candidates.get(shown);
      Proposal fitted = candidate.proposal().get();
      Proposal proposal =
          new Proposal(
              fitted.method(),
              fitted.attributes(),
              fitted.variant(),
              fitted.settings(),
              why(candidate, before, after.get(shown), chosen.isPresent()),
              Optional.of(shortlist(before, after, chosen)),
              fitted.change(),
              fitted.alternatives(),
              Stream.concat(
                      fitted.details().stream(),
                      Stream.of(searched(before, nested), alternatives(before, after)))
                  .toList(),
              fitted.warnings(),
              fitted.cautions(),
              fitted.declined());
      if (chosen.isEmpty()) {
        return proposal.decline(
            "doing nothing is recommended: of %d forms of %d methods none stays within the limits and does better than the deployed model on calibration rows that it was neither fitted on nor chosen by."
                .formatted(candidates.size(), methods.size() - failed.size()));
      }
      return proposal;
    }

    /** Every form that was tried, with what it would have cost. */
    private FactTable alternatives(SearchFigures before, List<SearchFigures> after) {
      return table(
          "alternatives",
          "All forms searched",
          IntStream.range(0, after.size()).boxed().toList(),
          before,
          after,
          OptionalInt.empty());
    }

    /**
     * Decisions of what would have been chosen without the row's fold; the deployed ones if
     * nothing.
     */
    private int[] decidedWithout() {
      int[] decisions = deployed.clone();
      Folds folds = folds(task);
      for (int f = 0; f < folds.count(); f++) {
        int[] outside = folds.outside(f);
        SearchFigures before = figures(deployed, outside);
        List<SearchFigures> after =
            candidates.stream().map(candidate -> figures(candidate.decisions(), outside)).toList();
        OptionalInt chosen = best(before, after, outside);
        if (chosen.isPresent()) {
          for (int row : folds.in(f)) {
            decisions[row] = candidates.get(chosen.getAsInt()).decisions()[row];
          }
        }
      }
      return decisions;
    }

    private List<PairedChange> changes(int[] nested) {
      List<PairedChange> changes = new ArrayList<>();
      for (String name : task.attributes()) {
        PairedGroups groups =
            PairedGroups.of(
                task.rows(), task.rows().attribute(name), deployed, nested, 1, task.seed());
        changes.add(groups.of(limits.aim()));
      }
      return changes;
    }

    /** The best form within the limits that does better than the deployed model. */
    private OptionalInt best(SearchFigures before, List<SearchFigures> after, int[] counted) {
      int[] within =
          IntStream.range(0, after.size())
              .filter(i -> within(before, after.get(i)))
              .filter(i -> rank(before, after.get(i)) < rank(before, before))
              .toArray();
      if (within.length == 0) {
        return OptionalInt.empty();
      }
      double lowest =
          Arrays.stream(within).mapToDouble(i -> rank(before, after.get(i))).min().orElseThrow();
      double tied = lowest + TIED * standardError(counted);
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

    private boolean within(SearchFigures before, SearchFigures after) {
      return before.overall() - after.overall() <= limits.maxAccuracyLoss()
          && after.mostDecided() < CONSTANT
          && !(limits.minImpactRatio().isPresent()
              && after.impactRatio() < limits.minImpactRatio().getAsDouble());
    }

    /** Lower is better. */
    private double rank(SearchFigures before, SearchFigures after) {
      return limits.aim().rises()
          ? -after.of(limits.aim())
          : after.of(limits.aim()) + Math.max(0, before.average() - after.average());
    }

    /** The form that misses the limits by least, to be shown as what was tried. */
    private int nearest(SearchFigures before, List<SearchFigures> after) {
      return IntStream.range(0, after.size())
          .boxed()
          .min(
              Comparator.comparingDouble(
                  i ->
                      rank(before, after.get(i))
                          + Math.max(0, before.overall() - after.get(i).overall())))
          .orElseThrow();
    }

    /** Of Model Bias, were all groups right in the share in which the model is. */
    private double standardError(int[] counted) {
      LabelledSet some = task.rows().select(counted);
      double variance = 0;
      for (String name : task.attributes()) {
        int[] codes = some.attribute(name).codes();
        int values = some.attribute(name).size();
        int classes = some.target().classes().size();
        double[] sizes = new double[classes * values];
        for (int row = 0; row < codes.length; row++) {
          if (codes[row] >= 0) {
            sizes[some.target().codes()[row] * values + codes[row]] += some.weights()[row];
          }
        }
        for (double size : sizes) {
          variance += size > 0 ? 0.25 / size / (classes * classes) * 2 / values : 0;
        }
      }
      return Math.sqrt(variance) / task.attributes().size();
    }

    private String why(
        Candidate candidate, SearchFigures before, SearchFigures after, boolean chosen) {
      return String.format(
          Locale.ROOT,
          "%s of %d forms of %d methods on calibration rows not fitted: %s %.1f to %.1f points of Model Bias, overall"
              + " accuracy %.1f to %.1f %%, average group accuracy %.1f to %.1f %%.",
          chosen ? "Best within the limits" : "Nearest to the limits",
          candidates.size(),
          methods.size() - failed.size(),
          name(candidate),
          100 * before.modelBias(),
          100 * after.modelBias(),
          100 * before.overall(),
          100 * after.overall(),
          100 * before.average(),
          100 * after.average());
    }

    private static String name(Candidate candidate) {
      return candidate.form().isEmpty()
          ? candidate.method().code()
          : candidate.method().code() + " (" + candidate.form() + ")";
    }

    /** Doing nothing and the best form of each method. */
    private FactTable shortlist(
        SearchFigures before, List<SearchFigures> after, OptionalInt chosen) {
      List<Integer> shown = new ArrayList<>();
      for (Method method : candidates.stream().map(Candidate::method).distinct().toList()) {
        shown.add(
            IntStream.range(0, after.size())
                .filter(i -> candidates.get(i).method().equals(method))
                .boxed()
                .min(
                    Comparator.comparing(
                            (Integer i) -> chosen.isPresent() && chosen.getAsInt() != i)
                        .thenComparing(i -> !within(before, after.get(i)))
                        .thenComparing(i -> rank(before, after.get(i))))
                .orElseThrow());
      }
      return table(
          "candidates",
          "Best form of each method",
          shown,
          before,
          after,
          OptionalInt.of(chosen.isPresent() ? shown.indexOf(chosen.getAsInt()) + 1 : 0));
    }

    private FactTable table(
        String key,
        String title,
        List<Integer> shown,
        SearchFigures before,
        List<SearchFigures> after,
        OptionalInt chosen) {
      List<List<Value>> rows = new ArrayList<>();
      rows.add(row("nothing", "the deployed model as it is", before, ""));
      for (int i : shown) {
        rows.add(
            row(
                candidates.get(i).method().code(),
                candidates.get(i).form(),
                after.get(i),
                within(before, after.get(i)) ? "" : "outside the limits"));
      }
      failed.forEach(
          (method, reason) ->
              rows.add(row(method.code(), "", SearchFigures.NONE, "does not apply: " + reason)));
      return new FactTable(
          key,
          title,
          "By cross-validation on the calibration rows: each row decided by a repair that was not fitted on it.",
          COLUMNS,
          rows,
          chosen);
    }

    private static List<Value> row(String method, String form, SearchFigures figures, String note) {
      return List.of(
          new Value.Text(method),
          new Value.Text(form),
          new Value.Quantity(figures.modelBias(), Unit.POINTS),
          new Value.Quantity(figures.overall(), Unit.PERCENT),
          new Value.Quantity(figures.average(), Unit.PERCENT),
          new Value.Quantity(figures.worst(), Unit.PERCENT),
          new Value.Quantity(figures.impactRatio(), Unit.PLAIN),
          new Value.Text(note));
    }

    private FactGroup searched(SearchFigures before, SearchFigures nested) {
      List<PairedChange> changes = changes(withoutOwnFold);
      List<Detail> facts = new ArrayList<>();
      facts.add(Fact.number("forms", "Forms compared", candidates.size(), Unit.COUNT));
      facts.add(
          Fact.number(
                  "nested_model_bias",
                  "Model Bias of the whole search",
                  nested.modelBias(),
                  Unit.POINTS)
              .meaning(
                  "Each row decided by the form that was chosen without its fold: what the best of many can be expected to"
                      + " keep."));
      facts.add(
          Fact.number(
              "nested_accuracy_change",
              "Change of overall accuracy of the whole search",
              nested.overall() - before.overall(),
              Unit.POINTS));
      for (int a = 0; a < changes.size(); a++) {
        PairedChange change = changes.get(a);
        facts.add(
            Fact.text(
                "nested_change_" + a,
                "Change of %s by '%s'".formatted(limits.aim().title(), task.attributes().get(a)),
                String.format(
                    Locale.ROOT,
                    "%+.1f points [%+.1f, %+.1f]",
                    100 * change.value(),
                    100 * change.low(),
                    100 * change.high())));
      }
      return new FactGroup("search", "What the search is worth", facts);
    }
  }
}
