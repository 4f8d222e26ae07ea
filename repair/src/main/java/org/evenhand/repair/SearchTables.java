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
        "%s of %d forms of %d methods on calibration rows not fitted: %s %s to %s points of %s, overall"
            + " accuracy %.1f to %.1f %%, average group accuracy %.1f to %.1f %%.",
        choice.chosen().isPresent() ? "Best within the limits" : "Nearest to the limits",
        candidates.size(),
        methods(),
        name(candidates.get(form)),
        points("", before.of(aim().bias())),
        points("", figures.of(aim().bias())),
        bias(),
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
        "doing nothing is recommended: of %d forms of %d methods none stays within the limits and does better than the deployed model on calibration rows that it was neither fitted on nor chosen by. The nearest one changes %s by %s points and overall accuracy by %+.1f.",
        candidates.size(),
        methods(),
        bias(),
        points("+", after.get(nearest).of(aim().bias()) - before.of(aim().bias())),
        100 * (after.get(nearest).overall() - before.overall()));
  }

  private Aim aim() {
    return choice.ranking().limits().aim();
  }

  /** The bias that is set against accuracy, in words. */
  private String bias() {
    return aim().bias().title();
  }

  /** Counterfactual bias is small by nature. */
  private String points(String sign, double fraction) {
    int digits = aim() == Aim.COUNTERFACTUAL_BIAS ? 2 : 1;
    return String.format(Locale.ROOT, "%" + sign + "." + digits + "f", 100 * fraction);
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
        columns(),
        rows,
        chosen);
  }

  private boolean hasTwins() {
    return choice.ranking().task().twins().isPresent();
  }

  private List<FactTable.Column> columns() {
    List<FactTable.Column> columns = new ArrayList<>();
    columns.add(new FactTable.Column("method", "Method"));
    columns.add(new FactTable.Column("form", "Form"));
    columns.add(new FactTable.Column("model_bias", "Model Bias"));
    if (hasTwins()) {
      columns.add(new FactTable.Column("counterfactual_bias", "Counterfactual bias"));
      columns.add(new FactTable.Column("true_class", "Given to the true class"));
    }
    columns.add(new FactTable.Column("overall_accuracy", "Overall"));
    columns.add(new FactTable.Column("average_group_accuracy", "Average of groups"));
    columns.add(new FactTable.Column("worst_group_accuracy", "Worst group"));
    columns.add(new FactTable.Column("impact_ratio", "Impact ratio"));
    columns.add(new FactTable.Column("note", "Note"));
    return columns;
  }

  private List<Value> row(String method, String form, SearchFigures figures, String note) {
    List<Value> row = new ArrayList<>();
    row.add(new Value.Text(method));
    row.add(new Value.Text(form));
    row.add(new Value.Quantity(figures.modelBias(), Unit.POINTS));
    if (hasTwins()) {
      row.add(new Value.Quantity(figures.pairs().bias(), Unit.FINE_POINTS));
      row.add(new Value.Quantity(figures.pairs().truth(), Unit.PERCENT));
    }
    row.add(new Value.Quantity(figures.overall(), Unit.PERCENT));
    row.add(new Value.Quantity(figures.average(), Unit.PERCENT));
    row.add(new Value.Quantity(figures.worst(), Unit.PERCENT));
    row.add(new Value.Quantity(figures.impactRatio(), Unit.PLAIN));
    row.add(new Value.Text(note));
    return row;
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
    if (hasTwins()) {
      facts.add(
          Fact.number(
              "nested_counterfactual_bias",
              "Counterfactual bias then",
              nested.pairs().bias(),
              Unit.FINE_POINTS));
    }
    facts.add(
        Fact.number(
            "nested_accuracy_change",
            "Change of overall accuracy then",
            nested.overall() - before.overall(),
            Unit.POINTS));
    RepairTask task = choice.ranking().task();
    if (aim() == Aim.COUNTERFACTUAL_BIAS) {
      Twins twins = task.twins().orElseThrow();
      facts.add(
          change(
              0,
              twins.pairs().attribute(),
              PairFigures.change(
                  twins,
                  PairChances.deployed(twins, task),
                  choice.without().pairs().orElseThrow())));
    } else {
      for (int a = 0; a < task.attributes().size(); a++) {
        facts.add(change(a, task));
      }
    }
    return new FactGroup("search", "What the search is worth", facts);
  }

  private Fact change(int index, RepairTask task) {
    String name = task.attributes().get(index);
    return change(
        index,
        name,
        PairedGroups.of(
                task.rows(),
                task.rows().attribute(name),
                task.answers().decisions(task.decisionRule()),
                choice.without().decisions(),
                1,
                // Those of a sample come scaled to how many rows they are worth.
                WeightKind.FREQUENCY,
                task.seed())
            .of(aim()));
  }

  private Fact change(int index, String attribute, PairedChange change) {
    return Fact.text(
        "nested_change_" + index,
        "Change of %s by '%s' then".formatted(aim().title(), attribute),
        String.format(
            Locale.ROOT,
            "%s points [%s, %s]",
            points("+", change.value()),
            points("+", change.low()),
            points("+", change.high())));
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
                    after.get(i).pairs().bias(),
                    after.get(i).overall(),
                    after.get(i).average(),
                    after.get(i).worst(),
                    choice.within(i),
                    choice.onFrontier(i)))
        .toList();
  }
}
