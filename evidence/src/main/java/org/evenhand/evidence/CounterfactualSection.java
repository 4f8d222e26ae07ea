package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.CounterfactualBias.Direction;
import org.evenhand.evidence.Numbers.Unit;

/** What the other value of an attribute does to the answers. */
final class CounterfactualSection {
  private CounterfactualSection() {}

  static Section of(List<Comparison> comparisons) {
    List<Html> attributes = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      comparison
          .counterfactualBefore()
          .ifPresent(bias -> attributes.add(attribute(comparison, bias)));
    }
    List<CounterfactualBias> ranking =
        comparisons.stream()
            .findFirst()
            .map(comparison -> comparison.audit().ranking())
            .orElse(List.of());
    return new Section(
        "counterfactual",
        "Counterfactual bias",
        Html.when(
            !attributes.isEmpty() || !ranking.isEmpty(),
            """
            <p>How far the probability of the true class moves, on average and in percentage points, when \
            a case is given another value of the attribute and keeps everything else.</p>
            {}
            {}""",
            attributes,
            ranking(ranking)));
  }

  private static Html attribute(Comparison comparison, CounterfactualBias before) {
    Optional<CounterfactualBias> after = comparison.counterfactualAfter();
    List<Html> rows = new ArrayList<>(List.of(row(comparison.labels().before(), before)));
    after.ifPresent(bias -> rows.add(row(comparison.labels().after(), bias)));
    return Html.of(
        """
        <h3>By {}</h3>
        {}
        {}
        {}""",
        comparison.attribute(),
        after
            .map(
                bias ->
                    Html.of(
                        "<p>Before: {}</p>\n<p>After: {}</p>",
                        before.explanation(),
                        bias.explanation()))
            .orElseGet(() -> Html.of("<p>{}</p>", before.explanation())),
        HtmlTable.of("Counterfactual bias by " + comparison.attribute(), heads("When"), rows),
        directions(comparison, before, after));
  }

  private static List<Html> heads(String first) {
    return List.of(
        HtmlTable.head(first),
        HtmlTable.head("Pairs"),
        HtmlTable.head("Bias, points"),
        HtmlTable.head("Between groups, points"),
        HtmlTable.head("Decisions that flip"),
        HtmlTable.textHead("Verdict"));
  }

  private static Html row(String label, CounterfactualBias bias) {
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td>{}{}{}<td class=\"text\">{}</td></tr>",
        label,
        Numbers.count(bias.pairs()),
        Cells.estimate(bias.bias(), Unit.FINE_POINTS),
        bias.groupGap().map(gap -> Cells.estimate(gap, Unit.FINE_POINTS)).orElse(Cells.EMPTY),
        Cells.estimate(bias.flippedDecisions(), Unit.PERCENT),
        words(bias));
  }

  private static String words(CounterfactualBias bias) {
    return switch (bias.verdict()) {
      case BIASED -> "biased";
      case WITHIN_TOLERANCE -> "within tolerance";
      case INSUFFICIENT_EVIDENCE -> "insufficient evidence";
    };
  }

  private static Html directions(
      Comparison comparison, CounterfactualBias before, Optional<CounterfactualBias> after) {
    List<Html> rows = new ArrayList<>();
    for (Direction direction : before.directions()) {
      rows.add(
          Html.of(
              "<tr{}><th scope=\"row\"{}>{} → {}</th>{}{}</tr>",
              Html.when(after.isPresent(), " class=\"paired\""),
              Html.when(after.isPresent(), " rowspan=\"2\""),
              direction.from(),
              direction.to(),
              Html.when(
                  after.isPresent(), "<td class=\"text\">{}</td>", comparison.labels().before()),
              figures(direction)));
      after.ifPresent(bias -> rows.add(directionAfter(comparison, bias, direction)));
    }
    List<Html> heads = new ArrayList<>();
    heads.add(HtmlTable.head("From → to"));
    if (after.isPresent()) {
      heads.add(HtmlTable.textHead("When"));
    }
    heads.add(HtmlTable.head("Pairs"));
    heads.add(HtmlTable.head("Change, points"));
    heads.add(HtmlTable.head("Decisions that flip"));
    return Html.when(
        !rows.isEmpty(),
        "{}",
        HtmlTable.of(
            "Change of the probability of %s from one value of %s to another"
                .formatted(
                    before.about().isEmpty()
                        ? "the true class"
                        : comparison.classNamed(before.about()),
                    comparison.attribute()),
            heads,
            rows));
  }

  private static Html directionAfter(
      Comparison comparison, CounterfactualBias after, Direction before) {
    return after.directions().stream()
        .filter(way -> way.from().equals(before.from()) && way.to().equals(before.to()))
        .findFirst()
        .map(
            way ->
                Html.of(
                    "<tr><td class=\"text after\">{}</td>{}</tr>",
                    comparison.labels().after(),
                    figures(way)))
        .orElse(Html.of("<tr><td class=\"text\" colspan=\"4\">not measured</td></tr>"));
  }

  private static Html figures(Direction direction) {
    return Html.of(
        "<td>{}</td>{}{}",
        Numbers.count(direction.n()),
        Cells.estimate(direction.change(), Unit.FINE_POINTS),
        Cells.estimate(direction.flippedDecisions(), Unit.PERCENT));
  }

  private static Html ranking(List<CounterfactualBias> ranking) {
    return Html.when(
        !ranking.isEmpty(),
        """
        <h3>Columns that the model reads</h3>
        <p>Each was given a random other value in every row; the largest bias first.</p>
        {}""",
        HtmlTable.of(
            "Counterfactual bias of every column",
            heads("Column"),
            ranking.stream().map(bias -> row(bias.attribute(), bias)).toList()));
  }
}
