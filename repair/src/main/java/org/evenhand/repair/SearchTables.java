package org.evenhand.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.evenhand.audit.WeightKind;
import org.evenhand.repair.Value.Unit;

/** What a search has to say of the forms that it compared. */
final class SearchTables {
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

  private final SearchChoice choice;
  private final List<Candidate> candidates;
  private final SearchFigures before;
  private final List<SearchFigures> after;

  /**
   * Of a search.
   *
   * @param choice what it chose from, and what it chose
   */
  SearchTables(SearchChoice choice) {
    this.choice = choice;
    candidates = choice.tried().candidates();
    before = choice.before();
    after = choice.after();
  }

  /**
   * Why a form is proposed, or shown.
   *
   * @param form its index
   */
  String why(int form) {
    SearchFigures figures = after.get(form);
    return String.format(
        Locale.ROOT,
        "%s of %d forms of %d methods on calibration rows not fitted: %s %.1f to %.1f points of Model Bias, overall"
            + " accuracy %.1f to %.1f %%, average group accuracy %.1f to %.1f %%.",
        choice.chosen().isPresent() ? "Best within the limits" : "Nearest to the limits",
        candidates.size(),
        methods(),
        name(candidates.get(form)),
        100 * before.modelBias(),
        100 * figures.modelBias(),
        100 * before.overall(),
        100 * figures.overall(),
        100 * before.average(),
        100 * figures.average());
  }

  private static String name(Candidate candidate) {
    return candidate.form().isEmpty()
        ? candidate.method().code()
        : candidate.method().code() + " (" + candidate.form() + ")";
  }

  /** Why no form is proposed. */
  String whyNothing() {
    int nearest = choice.shown();
    return String.format(
        Locale.ROOT,
        "doing nothing is recommended: of %d forms of %d methods none stays within the limits and does better than the deployed model on calibration rows that it was neither fitted on nor chosen by. The nearest one changes Model Bias by %+.1f points and overall accuracy by %+.1f.",
        candidates.size(),
        methods(),
        100 * (after.get(nearest).modelBias() - before.modelBias()),
        100 * (after.get(nearest).overall() - before.overall()));
  }

  private int methods() {
    return choice.tried().methods().size();
  }

  /** Doing nothing and the best form of each method. */
  FactTable shortlist() {
    List<Integer> shown = choice.tried().methods().stream().map(choice::standsFor).toList();
    OptionalInt chosen = choice.chosen();
    return table(
        "candidates",
        "Best form of each method",
        shown,
        OptionalInt.of(chosen.isPresent() ? shown.indexOf(chosen.getAsInt()) + 1 : 0));
  }

  /** Every form that was tried, with what it would have cost. */
  FactTable all() {
    return table(
        "searched",
        "All forms searched",
        IntStream.range(0, after.size()).boxed().toList(),
        OptionalInt.empty());
  }

  private FactTable table(String key, String title, List<Integer> shown, OptionalInt chosen) {
    List<List<Value>> rows = new ArrayList<>();
    rows.add(row("nothing", "the deployed model as it is", before, ""));
    for (int i : shown) {
      rows.add(
          row(
              candidates.get(i).method().code(),
              candidates.get(i).form(),
              after.get(i),
              choice.within(i) ? "" : "outside the limits"));
    }
    choice
        .tried()
        .inapplicable()
        .forEach(
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

  /** What the search as a whole is worth. */
  FactGroup worth() {
    SearchFigures nested = choice.nested();
    List<Detail> facts = new ArrayList<>();
    facts.add(Fact.number("forms", "Forms compared", candidates.size(), Unit.COUNT));
    facts.add(
        Fact.number(
                "nested_model_bias",
                "Model Bias if each row is decided by a search that did not see it",
                nested.modelBias(),
                Unit.POINTS)
            .meaning(
                "Each row decided by the form that was chosen without its fold: what the best of many can be expected to"
                    + " keep."));
    facts.add(
        Fact.number(
            "nested_accuracy_change",
            "Change of overall accuracy then",
            nested.overall() - before.overall(),
            Unit.POINTS));
    RepairTask task = choice.ranking().task();
    for (int a = 0; a < task.attributes().size(); a++) {
      facts.add(change(a, task));
    }
    return new FactGroup("search", "What the search is worth", facts);
  }

  private Fact change(int index, RepairTask task) {
    Aim aim = choice.ranking().limits().aim();
    String name = task.attributes().get(index);
    PairedChange change =
        PairedGroups.of(
                task.rows(),
                task.rows().attribute(name),
                task.answers().decisions(task.decisionRule()),
                choice.without(),
                1,
                // Those of a sample come scaled to how many rows they are worth.
                WeightKind.FREQUENCY,
                task.seed())
            .of(aim);
    return Fact.text(
        "nested_change_" + index,
        "Change of %s by '%s' then".formatted(aim.title(), name),
        String.format(
            Locale.ROOT,
            "%+.1f points [%+.1f, %+.1f]",
            100 * change.value(),
            100 * change.low(),
            100 * change.high()));
  }

  /** Every form as a point of accuracy and bias. */
  List<SearchedForm> points() {
    return IntStream.range(0, after.size())
        .mapToObj(
            i ->
                new SearchedForm(
                    candidates.get(i).method(),
                    candidates.get(i).form(),
                    after.get(i).modelBias(),
                    after.get(i).overall(),
                    after.get(i).average(),
                    after.get(i).worst(),
                    choice.within(i),
                    choice.onFrontier(i)))
        .toList();
  }
}
