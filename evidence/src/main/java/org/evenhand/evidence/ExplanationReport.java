package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.evidence.ExplanationRecord.Ranking;
import org.evenhand.evidence.ExplanationRecord.Row;
import org.evenhand.evidence.Numbers.Unit;

/** The page of an explanation: how much bias, then the rows that put it there. */
final class ExplanationReport {
  private ExplanationReport() {}

  static String of(ExplanationRecord explanation) {
    return Page.of(
        "Bias explanation",
        explanation.provenance().artefacts().stream()
            .filter(artefact -> artefact.role().equals("model"))
            .findFirst(),
        "Influence of %s rows (%s)"
            .formatted(Numbers.count(explanation.rows()), explanation.rowsFrom()),
        explanation.provenance(),
        List.of(
            summary(explanation),
            ranking(
                "harmful",
                "Most harmful rows",
                "Without such a row, the bias would be lower by about its influence, in points.",
                explanation,
                explanation.harmful()),
            ranking(
                "helpful",
                "Most helpful rows",
                "Without such a row, the bias would be higher. A wrong label looks as if it spoke"
                    + " against the bias: check the labels here first.",
                explanation,
                explanation.helpful()),
            cautions(explanation),
            ReproduceSection.of(explanation.commandLine(), explanation.provenance(), List.of())));
  }

  private static Html summary(ExplanationRecord explanation) {
    return Html.of(
        """
        <section id="verdict">
        <h2>Where the {} of {} comes from</h2>
        <p>A row is bias-aligned if its class and its {} occur together more often than they would by \
        chance. Harmful rows are mostly of that kind where a model learned its bias from its data.</p>
        <dl class="figures">
        {}
        {}
        {}
        {}
        {}
        </dl>
        </section>""",
        explanation.biasFunction(),
        explanation.attribute(),
        explanation.attribute(),
        figure("Bias, points", Unit.FINE_POINTS.show(explanation.bias())),
        figure("Bias-aligned, all rows", Unit.PERCENT.show(explanation.alignedShare())),
        figure("… of the most harmful", Unit.PERCENT.show(explanation.harmful().alignedShare())),
        figure("… of the most helpful", Unit.PERCENT.show(explanation.helpful().alignedShare())),
        figure("Found again with other pairs", Unit.PERCENT.show(explanation.stability())));
  }

  private static Html figure(String name, String value) {
    return Html.of("<div><dt>{}</dt>\n<dd class=\"big\">{}</dd></div>", name, value);
  }

  private static Html ranking(
      String id, String title, String meaning, ExplanationRecord explanation, Ranking ranking) {
    List<Row> rows = ranking.rows();
    return Html.of(
        """
        <section id="{}">
        <h2>{}</h2>
        <p>{}</p>
        {}
        </section>""",
        id,
        title,
        meaning,
        !rows.isEmpty() && rows.stream().allMatch(row -> row.picture().isPresent())
            ? pictures(explanation, rows)
            : table(explanation, rows));
  }

  private static Html pictures(ExplanationRecord explanation, List<Row> rows) {
    List<Html> figures = new ArrayList<>();
    for (Row row : rows) {
      figures.add(
          Html.of(
              """
              <figure><img src="data:image/png;base64,{}" alt="row {}"/>\
              <figcaption><b>{}</b><br/>{}<small>row {}{}</small></figcaption></figure>""",
              Base64.getEncoder().encodeToString(row.picture().orElseThrow()),
              row.number(),
              influence(row),
              group(explanation, row),
              row.number(),
              explanation.furtherColumns(row).isEmpty() ? "" : ", " + columns(explanation, row)));
    }
    return Html.of("<div class=\"pictures\">\n{}\n</div>", figures);
  }

  private static Html table(ExplanationRecord explanation, List<Row> rows) {
    return Html.of(
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">Row</th><th scope="col">Influence, points</th>\
        <th scope="col" class="text">{}</th><th scope="col" class="text">{}</th>\
        <th scope="col" class="text">Further columns</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        explanation.target(),
        explanation.attribute(),
        rows.stream()
            .map(
                row ->
                    Html.of(
                        """
                        <tr><th scope="row">{}</th><td>{}</td><td class="text">{}</td>\
                        <td class="text">{}</td><td class="text">{}</td></tr>""",
                        row.number(),
                        influence(row),
                        row.target(),
                        row.attributeValue(),
                        columns(explanation, row)))
            .toList());
  }

  private static String influence(Row row) {
    return (row.influence() > 0 ? "+" : "") + Numbers.significant(100 * row.influence());
  }

  private static String group(ExplanationRecord explanation, Row row) {
    return "%s = %s, %s = %s"
        .formatted(
            explanation.target(), row.target(), explanation.attribute(), row.attributeValue());
  }

  private static String columns(ExplanationRecord explanation, Row row) {
    return explanation.furtherColumns(row).entrySet().stream()
        .map(column -> column.getKey() + " = " + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Html cautions(ExplanationRecord explanation) {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "An influence is an estimate to first order, for one row at a time: what a model without many"
            + " of them would do, only fitting it again tells.");
    cautions.addAll(explanation.cautions());
    if (Stream.of(explanation.harmful(), explanation.helpful())
        .flatMap(ranking -> ranking.rows().stream())
        .anyMatch(row -> row.picture().isPresent())) {
      cautions.add(
          "This page contains pictures of training data. Faces are personal data: keep it where the"
              + " data itself may be kept.");
    }
    return Html.of(
        "<section id=\"limits\">\n<h2>Cautions</h2>\n<ul>{}</ul>\n</section>",
        cautions.stream().map(caution -> Html.of("<li>{}</li>", caution)).toList());
  }
}
