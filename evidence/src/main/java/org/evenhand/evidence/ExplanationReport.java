package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.evidence.ExplanationRecord.Group;
import org.evenhand.evidence.Numbers.Unit;

/**
 * The page of an explanation: how much bias, which groups of rows put it there, and single rows
 * where they may be shown.
 */
final class ExplanationReport {
  private final ExplanationRecord explanation;

  private ExplanationReport(ExplanationRecord explanation) {
    this.explanation = explanation;
  }

  static String of(ExplanationRecord explanation) {
    return new ExplanationReport(explanation).page();
  }

  private String page() {
    List<Section> sections = new ArrayList<>();
    sections.add(summary());
    sections.add(groups());
    sections.add(next());
    sections.addAll(ExplainedRows.of(explanation));
    sections.add(LimitsSection.cautions(cautions()));
    sections.add(
        ReproduceSection.of(explanation.commandLine(), explanation.provenance(), List.of()));
    return new Page(
            "Bias explanation",
            explanation.provenance().artefacts().stream()
                .filter(artefact -> artefact.role().equals("model"))
                .findFirst(),
            "Influence of %s rows (%s)"
                .formatted(Numbers.count(explanation.rows()), explanation.rowsFrom()),
            explanation.provenance(),
            explanation.presentation())
        .markup(sections);
  }

  private Section summary() {
    return new Section(
        "verdict",
        "Where the bias comes from",
        Html.of(
            """
            <h3>{}</h3>
            <p>A row of the training data is harmful if the model would be less biased without it, and helpful \
            if it would be more biased. A row is bias-aligned if its class and its {} occur together more often \
            than they would by chance: where a model learned its bias from its data, most harmful rows are of \
            that kind.</p>
            <dl class="figures">
            {}
            {}
            {}
            {}
            {}
            </dl>""",
            headline(),
            explanation.attribute(),
            figure(
                Numbers.capitalized(explanation.biasFunction()) + ", points",
                Unit.FINE_POINTS.show(explanation.bias())),
            figure("Bias-aligned, of all rows", Unit.PERCENT.show(explanation.alignedShare())),
            figure(
                "… of the %d most harmful".formatted(explanation.harmful().rows().size()),
                Unit.PERCENT.show(explanation.harmful().alignedShare())),
            figure(
                "… of the %d most helpful".formatted(explanation.helpful().rows().size()),
                Unit.PERCENT.show(explanation.helpful().alignedShare())),
            figure(
                "Harmful rows found again with other pairs",
                Unit.PERCENT.show(explanation.stability()))));
  }

  /** The group that most of the harmful rows are of. */
  private String headline() {
    int top = explanation.harmful().rows().size();
    return worst()
        .map(
            group ->
                "Of the %d rows that add most to the %s by %s, %d have %s."
                    .formatted(
                        top,
                        explanation.biasFunction(),
                        explanation.attribute(),
                        group.harmful(),
                        named(group)))
        .orElse(
            "No row adds to the %s by %s."
                .formatted(explanation.biasFunction(), explanation.attribute()));
  }

  private Optional<Group> worst() {
    return explanation.groups().stream()
        .filter(group -> group.harmful() > 0)
        .max(Comparator.comparingInt(Group::harmful));
  }

  private String named(Group group) {
    return explanation.groupNamed(group.target(), group.attributeValue());
  }

  private static Html figure(String name, String value) {
    return Html.of("<div><dt>{}</dt>\n<dd class=\"big\">{}</dd></div>", name, value);
  }

  private Section groups() {
    return new Section(
        "groups",
        "Which groups of rows put it there",
        Html.of(
            """
            <p>The influence is by how much the bias would be lower without 100 average rows of a group, in \
            percentage points: rows with a positive number add to the bias, those with a negative one hold it \
            down.</p>
            {}""",
            HtmlTable.of(
                "Influence of every group of training rows",
                List.of(
                    HtmlTable.head("Group"),
                    HtmlTable.textHead("Kind"),
                    HtmlTable.head("Rows"),
                    HtmlTable.head("Influence of 100 rows, points"),
                    HtmlTable.head("Among the most harmful"),
                    HtmlTable.head("Among the most helpful")),
                explanation.groups().stream().map(this::row).toList())));
  }

  private Html row(Group group) {
    return Html.of(
        """
        <tr><th scope="row">{}</th><td class="text">{}</td><td>{}</td><td>{}</td><td>{}</td>\
        <td>{}</td></tr>""",
        named(group),
        group.attributeValue().isEmpty()
            ? "value not known"
            : group.aligned() ? "bias-aligned" : "against the bias",
        Numbers.count(group.rows()),
        Unit.FINE_POINTS.signed(100 * group.influence()),
        Numbers.count(group.harmful()),
        Numbers.count(group.helpful()));
  }

  private Section next() {
    List<String> steps = new ArrayList<>();
    steps.add(
        "Have the labels of the most helpful rows checked, by somebody who may see them: a wrong label looks as if it spoke against the bias.");
    worst()
        .ifPresent(
            group ->
                steps.add(
                    "Ask how the labels of rows with %s came about: if people decided them, the model may have learned their habits."
                        .formatted(named(group))));
    steps.add(
        "If the model cannot be trained anew, the command 'unlearn' edits its last layer against this bias.");
    return NextSteps.section(steps);
  }

  private List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "An influence is an estimate to first order, for one row at a time: what a model without many"
            + " of them would do, only fitting it again tells.");
    cautions.addAll(explanation.cautions());
    if (explanation.showsRows()
        && Stream.of(explanation.harmful(), explanation.helpful())
            .flatMap(ranking -> ranking.rows().stream())
            .anyMatch(row -> row.picture().isPresent())) {
      cautions.add(
          "This page contains pictures of training data. Faces are personal data: keep it where the"
              + " data itself may be kept.");
    }
    return cautions;
  }
}
