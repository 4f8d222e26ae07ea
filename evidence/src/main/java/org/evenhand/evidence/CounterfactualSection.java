package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.evidence.Numbers.Unit;

/** What the other value of an attribute does to the answers. */
final class CounterfactualSection {
  private CounterfactualSection() {}

  static Html of(List<Comparison> comparisons) {
    List<Html> attributes = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      comparison
          .before()
          .counterfactualBias()
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
    List<Html> rows = new ArrayList<>(List.of(row(comparison.labels().before(), before)));
    comparison
        .after()
        .flatMap(AttributeAudit::counterfactualBias)
        .ifPresent(after -> rows.add(row(comparison.labels().after(), after)));
    return Html.of(
        """
        <h3>{}</h3>
        <p>{}</p>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">Pairs</th><th scope="col">Bias</th>\
        <th scope="col">Between groups</th><th scope="col">Decisions that flip</th>\
        <th scope="col" class="text">Verdict</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        {}""",
        comparison.attribute(),
        before.explanation(),
        rows,
        directions(before));
  }

  private static Html row(String label, CounterfactualBias bias) {
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td>{}{}{}<td class=\"text\">{}</td></tr>",
        label,
        Numbers.count(bias.pairs()),
        Cells.estimate(bias.bias(), Unit.POINTS),
        bias.groupGap().map(gap -> Cells.estimate(gap, Unit.POINTS)).orElse(Cells.EMPTY),
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

  private static Html directions(CounterfactualBias bias) {
    List<Html> rows =
        bias.directions().stream()
            .map(
                direction ->
                    Html.of(
                        """
                        <tr><th scope="row">{}</th><td class="text">{}</td><td>{}</td>{}{}</tr>""",
                        direction.from(),
                        direction.to(),
                        Numbers.count(direction.n()),
                        Cells.estimate(direction.change(), Unit.POINTS),
                        Cells.estimate(direction.flippedDecisions(), Unit.PERCENT)))
            .toList();
    return Html.when(
        !rows.isEmpty(),
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">From</th><th scope="col" class="text">to</th>\
        <th scope="col">n</th><th scope="col">Change of {}, points</th>\
        <th scope="col">Decisions that flip</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        Optional.of(bias.about())
            .filter(name -> !name.isEmpty())
            .map(name -> "class " + name)
            .orElse("the true class"),
        rows);
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
