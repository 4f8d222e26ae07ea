package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.SearchedForm;

/** The page of a comparison of methods: what is recommended, the frontier, figures, costs. */
final class MethodsReport {
  private final MethodsRecord record;
  private final List<Method> methods;

  private MethodsReport(MethodsRecord record) {
    this.record = record;
    Set<Method> all = new LinkedHashSet<>();
    for (MethodsRecord.OfModel model : record.models()) {
      model.comparison().contenders().forEach(contender -> all.add(contender.method()));
    }
    methods = List.copyOf(all);
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
    sections.add(needs());
    record.models().forEach(model -> sections.add(price(model)));
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

  private boolean several() {
    return record.models().size() > 1;
  }

  private String of(MethodsRecord.OfModel model) {
    return several() ? " for " + model.name() : "";
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
              of(model),
              comparison.recommended().map(this::named).orElse("Leave the model as it is"),
              Numbers.capitalized(comparison.why())));
    }
    return Html.of("<section id=\"verdict\">\n{}\n</section>", parts);
  }

  private String named(Method method) {
    return "%s: %s (number %d)".formatted(method.code(), method.title(), number(method));
  }

  private int number(Method method) {
    return methods.indexOf(method) + 1;
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
                number(contender.method()),
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
        several()
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
              number(contender.method()),
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
        of(model),
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

  private Html needs() {
    List<Html> rows = new ArrayList<>();
    for (Method method : methods) {
      Optional<Contender> measured = anywhere(method);
      rows.add(
          Html.of(
              """
              <tr><th scope="row" class="plain">{} {}<small>{}</small></th><td class="text">{}</td>\
              <td class="text">{}</td><td>{}</td><td>{}</td></tr>""",
              number(method),
              method.code(),
              method.source(),
              method.access().title(),
              method.chance() ? "as published by chance; here without" : "without chance",
              measured.map(contender -> Numbers.significant(contender.fitSeconds())).orElse("–"),
              measured
                  .map(contender -> Numbers.significant(contender.servingMicroseconds()))
                  .orElse("–")));
    }
    return Html.of(
        """
        <section id="needs">
        <h2>What each needs and costs</h2>
        <p>Seconds to find and fit, and microseconds per row to correct an answer of the model{}, on the machine \
        that made this page.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Method</th><th scope="col" class="text">Relies on</th>\
        <th scope="col" class="text">Decides</th><th scope="col">Fit, s</th><th scope="col">Serve, µs</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        </section>""",
        several() ? " " + record.models().get(0).name() : "",
        rows);
  }

  private Optional<Contender> anywhere(Method method) {
    return record.models().stream()
        .flatMap(model -> model.comparison().contenders().stream())
        .filter(contender -> contender.method().equals(method))
        .findFirst();
  }

  /** What a lower bias would cost, by the forms that no other one beats. */
  private Html price(MethodsRecord.OfModel model) {
    List<Html> rows =
        model.comparison().searched().stream()
            .filter(SearchedForm::onFrontier)
            .sorted(Comparator.comparingDouble(SearchedForm::modelBias).reversed())
            .map(
                form ->
                    Html.of(
                        """
                        <tr><th scope="row" class="plain">{} {}<small>{}</small></th><td>{}</td><td>{}</td>\
                        <td>{}</td><td>{}</td><td class="text">{}</td></tr>""",
                        number(form.method()),
                        form.method().code(),
                        form.form(),
                        Unit.POINTS.show(form.modelBias()),
                        Unit.PERCENT.show(form.overall()),
                        Unit.PERCENT.show(form.average()),
                        Unit.PERCENT.show(form.worst()),
                        form.withinLimits() ? "" : "outside the limits"))
            .toList();
    return Html.of(
        """
        <section id="price-{}">
        <h2>What a lower bias costs{}</h2>
        <p>The forms of all methods that neither another form nor the model as it is beats in both figures, by cross-validation \
        on the calibration rows. The best of {} forms look a little better there than they are.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Form</th><th scope="col">Model Bias</th><th scope="col">Overall accuracy</th>\
        <th scope="col">Average of groups</th><th scope="col">Worst group</th><th scope="col" class="text">Note</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        {}
        </section>""",
        record.models().indexOf(model),
        of(model),
        model.comparison().searched().size(),
        rows,
        DetailHtml.of(model.comparison().details()));
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
