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

  static Html of(List<Comparison> comparisons) {
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
    return Html.when(
        !attributes.isEmpty() || !ranking.isEmpty(),
        """
        <section id="counterfactual">
        <h2>Counterfactual bias</h2>
        <p>How far the probability of the true class moves, on average and in percentage points, when \
        a case is given another value of the attribute and keeps everything else.</p>
        {}
        {}
        </section>""",
        attributes,
        ranking(ranking));
  }

  private static Html attribute(Comparison comparison, CounterfactualBias before) {
    Optional<CounterfactualBias> after = comparison.counterfactualAfter();
    List<Html> rows = new ArrayList<>(List.of(row(comparison.labels().before(), before)));
    after.ifPresent(bias -> rows.add(row(comparison.labels().after(), bias)));
    return Html.of(
        """
        <h3>{}</h3>
        {}
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">Pairs</th><th scope="col">Bias</th>\
        <th scope="col">Between groups</th><th scope="col">Decisions that flip</th>\
        <th scope="col" class="text">Verdict</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
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
        rows,
        directions(comparison, before, after));
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
    return Html.when(
        !rows.isEmpty(),
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">From → to</th>{}\
        <th scope="col">n</th><th scope="col">Change of {}, points</th>\
        <th scope="col">Decisions that flip</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        Html.when(after.isPresent(), "<th></th>"),
        Optional.of(before.about())
            .filter(name -> !name.isEmpty())
            .map(name -> "class " + name)
            .orElse("the true class"),
        rows);
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
        <div class="scroll"><table>
        <thead><tr><th scope="col">Column</th><th scope="col">Pairs</th><th scope="col">Bias</th>\
        <th scope="col">Between groups</th><th scope="col">Decisions that flip</th>\
        <th scope="col" class="text">Verdict</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        ranking.stream().map(bias -> row(bias.attribute(), bias)).toList());
  }
}
