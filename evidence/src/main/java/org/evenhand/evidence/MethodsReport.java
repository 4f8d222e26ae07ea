package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;

/** The page of a comparison of methods: what is recommended, the frontier, figures, costs. */
final class MethodsReport {
  private final MethodsRecord record;

  private MethodsReport(MethodsRecord record) {
    this.record = record;
  }

  static String of(MethodsRecord record) {
    return new MethodsReport(record).page();
  }

  private String page() {
    MethodComparison first = record.models().get(0).comparison();
    List<Html> sections = new ArrayList<>();
    sections.add(recommended());
    first.attributes().forEach(attribute -> sections.add(frontier(attribute)));
    record.models().forEach(model -> sections.add(figures(model)));
    MethodsCosts costs = new MethodsCosts(record);
    sections.add(costs.needs());
    record.models().forEach(model -> sections.add(costs.price(model)));
    sections.add(limits());
    sections.add(ReproduceSection.of(record.commandLine(), record.provenance(), List.of()));
    return Page.of(
        "Methods of repair",
        Optional.of(record.models().get(0).model()),
        "Measured on %s rows of the %s split, not fitted on"
            .formatted(Numbers.count(first.deployed().rows()), first.measuredOn()),
        record.provenance(),
        sections);
  }

  private Html recommended() {
    List<Html> parts = new ArrayList<>();
    for (MethodsRecord.OfModel model : record.models()) {
      MethodComparison comparison = model.comparison();
      parts.add(
          Html.of(
              """
              <div class="verdict">
              <p class="eyebrow">Recommended{}</p>
              <h2>{}</h2>
              <p class="lead">{}</p>
              </div>""",
              record.of(model),
              comparison.recommended().map(this::named).orElse("Leave the model as it is"),
              Numbers.capitalized(comparison.why())));
    }
    return Html.of("<section id=\"verdict\">\n{}\n</section>", parts);
  }

  private String named(Method method) {
    return "%s: %s (number %d)".formatted(method.code(), method.title(), record.number(method));
  }

  private Html frontier(String attribute) {
    List<FrontierPlot.Point> points = new ArrayList<>();
    for (int m = 0; m < record.models().size(); m++) {
      MethodComparison comparison = record.models().get(m).comparison();
      point(0, m, comparison.deployed(), attribute, false, comparison.recommended().isEmpty())
          .ifPresent(points::add);
      for (Contender contender : comparison.contenders()) {
        if (contender.constant()) {
          continue;
        }
        point(
                record.number(contender.method()),
                m,
                contender.measured().after(),
                attribute,
                comparison.isDominated(contender),
                comparison.recommended().equals(Optional.of(contender.method())))
            .ifPresent(points::add);
      }
    }
    return Html.when(
        !points.isEmpty(),
        """
        <section id="frontier-{}">
        <h2>Accuracy against bias by {}</h2>
        <figure><div class="wide frontier-plot">
        {}
        </div>
        <p class="note"><span class="key"></span>0: the model as it is. \
        <span class="key after"></span>Others by their number in the table; pale where another that needs no more access, or 0, \
        is at least as good in both figures. The larger mark is recommended. Lines: intervals of {} confidence. What decides \
        one class for everybody is left out.{}</p>
        </figure>
        </section>""",
        attributes().indexOf(attribute),
        attribute,
        FrontierPlot.of("plot-" + attributes().indexOf(attribute), attribute, points),
        Numbers.count(100 * record.models().get(0).comparison().deployed().settings().confidence())
            + "\u00a0%",
        record.several()
            ? " Circles: %s; squares: %s."
                .formatted(
                    record.models().get(0).name(),
                    record.models().stream()
                        .skip(1)
                        .map(MethodsRecord.OfModel::name)
                        .collect(Collectors.joining(", ")))
            : "");
  }

  private List<String> attributes() {
    return record.models().get(0).comparison().attributes();
  }

  private static Optional<FrontierPlot.Point> point(
      int number,
      int model,
      AuditResult audit,
      String attribute,
      boolean pale,
      boolean recommended) {
    return audit.attribute(attribute).modelBias().estimate() instanceof Estimate.Known bias
            && audit.overallAccuracy() instanceof Estimate.Known accuracy
        ? Optional.of(new FrontierPlot.Point(number, model, bias, accuracy, pale, recommended))
        : Optional.empty();
  }

  private Html figures(MethodsRecord.OfModel model) {
    MethodComparison comparison = model.comparison();
    List<Html> rows = new ArrayList<>();
    rows.add(figures(0, "the model as it is", "", comparison.deployed(), "", false));
    for (Contender contender : comparison.contenders()) {
      rows.add(
          figures(
              record.number(contender.method()),
              contender.method().code(),
              contender.form(),
              contender.measured().after(),
              note(comparison, contender),
              comparison.recommended().equals(Optional.of(contender.method()))));
    }
    return Html.of(
        """
        <section id="figures-{}">
        <h2>Figures{}</h2>
        <p>On rows that nothing was fitted on. Which form of a method is shown was decided on calibration rows: the best \
        within the limits.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Method</th>{}<th scope="col">Overall accuracy</th>\
        <th scope="col" class="text">Of {}, the rows say</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        {}
        </section>""",
        record.models().indexOf(model),
        record.of(model),
        attributes().stream()
            .map(
                attribute ->
                    Html.of(
                        """
                        <th scope="col">Model Bias by {}</th><th scope="col">Average of groups</th>\
                        <th scope="col">Worst group</th>""",
                        attribute))
            .toList(),
        comparison.limits().aim().title(),
        rows,
        inapplicable(comparison));
  }

  private static String note(MethodComparison comparison, Contender contender) {
    String finding =
        switch (contender.judgement().findings().get(0).finding()) {
          case SHOWN -> "better";
          case OPEN -> "open";
          case WORSE -> "worse";
        };
    if (!comparison.limits().access().allows(contender.method())) {
      return finding + "; relies on more than is allowed";
    }
    return contender.withinLimits() ? finding : finding + "; outside the limits";
  }

  private Html figures(
      int number, String name, String form, AuditResult audit, String note, boolean bold) {
    return Html.of(
        "<tr><th scope=\"row\"{}>{} {}<small>{}</small></th>{}<td>{}{}</td><td class=\"text\">{}</td></tr>",
        Html.when(!bold, " class=\"plain\""),
        number,
        name,
        form,
        attributes().stream()
            .map(audit::attribute)
            .map(
                of ->
                    Html.of(
                        "<td>{}{}</td><td>{}</td><td>{}</td>",
                        Unit.POINTS.show(of.modelBias().estimate()),
                        interval(of.modelBias().estimate(), Unit.POINTS),
                        Unit.PERCENT.show(of.averageGroupAccuracy()),
                        Unit.PERCENT.show(of.worstGroupAccuracy())))
            .toList(),
        Unit.PERCENT.show(audit.overallAccuracy()),
        interval(audit.overallAccuracy(), Unit.PERCENT),
        note);
  }

  private static Html interval(Estimate estimate, Unit unit) {
    return estimate instanceof Estimate.Known known
        ? Html.of("<small>{}</small>", unit.interval(known))
        : Html.NONE;
  }

  private static Html inapplicable(MethodComparison comparison) {
    return Html.when(
        !comparison.inapplicable().isEmpty(),
        "<h3>Does not apply</h3>\n<ul>{}</ul>",
        comparison.inapplicable().entrySet().stream()
            .map(
                (Map.Entry<Method, String> entry) ->
                    Html.of("<li>{}: {}</li>", entry.getKey().code(), entry.getValue()))
            .toList());
  }

  private Html limits() {
    return Html.of(
        """
        <section id="limits">
        <h2>What this does not show</h2>
        <ul>
        <li>All methods are measured on the same rows. Choosing one by its figures there makes those figures look better than \
        they are; the recommendation does not use them.</li>
        <li>A lower gap is no gain for people if everybody is decided worse: look at average and worst group accuracy too.</li>
        <li>Methods that rely on the protected attribute need it for every row that is served, and treat people differently by \
        it: ask whether that is allowed.</li>
        <li>Nothing was written that can be served. The command 'repair' does that for one method.</li>
        </ul>
        </section>""");
  }
}
