package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;

/** The page of a comparison of methods: what is recommended, figures, what next, costs. */
final class MethodsReport {
  private static final List<String> CAUTIONS =
      List.of(
          "All methods are measured on the same rows. Choosing one by its figures there makes those figures look"
              + " better than they are; the recommendation does not use them.",
          "A lower gap is no gain for people if everybody is decided worse: look at average and worst group"
              + " accuracy too.",
          "Methods that rely on the protected attribute need it for every row that is served, and treat people"
              + " differently by it: ask whether that is allowed.",
          "Nothing was written that can be served. The command 'repair' does that for one method.");

  private final MethodsRecord record;

  private MethodsReport(MethodsRecord record) {
    this.record = record;
  }

  static String of(MethodsRecord record) {
    return new MethodsReport(record).page();
  }

  private String page() {
    MethodComparison first = record.models().get(0).comparison();
    List<Section> sections = new ArrayList<>();
    sections.add(recommended());
    first.attributes().forEach(attribute -> sections.add(frontier(attribute)));
    record.models().forEach(model -> sections.add(figures(model)));
    sections.add(next());
    MethodsCosts costs = new MethodsCosts(record);
    sections.add(costs.needs());
    record.models().forEach(model -> sections.add(costs.price(model)));
    sections.add(LimitsSection.cautions(CAUTIONS));
    sections.add(ReproduceSection.of(record.commandLine(), record.provenance(), List.of()));
    return new Page(
            "Methods of repair",
            Optional.of(record.models().get(0).model()),
            "Measured on %s rows (%s) that nothing was learned from"
                .formatted(Numbers.count(first.deployed().rows()), first.measuredOn()),
            record.provenance(),
            record.presentation())
        .markup(sections);
  }

  private Section recommended() {
    List<Html> parts = new ArrayList<>();
    for (MethodsRecord.OfModel model : record.models()) {
      MethodComparison comparison = model.comparison();
      parts.add(
          Html.of(
              """
              <p class="eyebrow">Recommended{}</p>
              <h3>{}</h3>
              <p class="lead">{}</p>
              <p class="define">{}, in percentage points; overall accuracy is the share of all rows decided \
              correctly.</p>""",
              record.of(model),
              comparison.recommended().map(this::named).orElse("Leave the model as it is."),
              Numbers.capitalized(comparison.why()),
              comparison.limits().aim().bias() == Aim.COUNTERFACTUAL_BIAS
                  ? "Counterfactual bias is by how much the probability of the true class moves on average when a case is given another value"
                  : "Model Bias is the average gap in accuracy between groups of the same true class"));
    }
    return Section.of("verdict", "Verdict", parts);
  }

  private Section next() {
    boolean any =
        record.models().stream().anyMatch(model -> model.comparison().recommended().isPresent());
    List<String> steps =
        any
            ? List.of(
                "Settle who decides, and whether the recommended method may be used here: see what it relies on.",
                "Write the repair with the command 'repair' or the method's own, and read the report that it makes: it says whose decisions change.",
                "Audit again when the model, the data or the people it decides about change.")
            : List.of(
                "Leave the model as it is, or allow a repair to cost more or to rely on more, and compare again.",
                "Audit again when the model, the data or the people it decides about change.");
    return NextSteps.section(steps);
  }

  private String named(Method method) {
    return "%s: %s (number %d)".formatted(method.code(), method.title(), record.number(method));
  }

  private Section frontier(String attribute) {
    List<FrontierPlot.Point> points = new ArrayList<>();
    for (int m = 0; m < record.models().size(); m++) {
      MethodComparison comparison = record.models().get(m).comparison();
      point(
              0,
              m,
              comparison.deployed(),
              comparison.bias(comparison.deployed(), attribute),
              false,
              comparison.recommended().isEmpty())
          .ifPresent(points::add);
      for (Contender contender : comparison.contenders()) {
        if (contender.constant()) {
          continue;
        }
        point(
                record.number(contender.method()),
                m,
                contender.measured().after(),
                comparison.bias(contender.measured().after(), attribute),
                comparison.isDominated(contender),
                comparison.recommended().equals(Optional.of(contender.method())))
            .ifPresent(points::add);
      }
    }
    int index = attributes().indexOf(attribute);
    return new Section(
        "frontier-" + index,
        "Accuracy against bias by " + attribute,
        Html.when(
            !points.isEmpty(),
            """
            <figure><div class="wide frontier-plot" role="group" tabindex="0" aria-label="Accuracy against bias by {}">
            {}
            </div>
            <figcaption>Overall accuracy against {} by {}: further up and to the left is better. \
            <span class="key"></span> 0 is the model as it is; <span class="key after"></span> the others have \
            their number in the table. Pale: another method that needs no more access, or the model as it is, is at \
            least as good in both figures. The larger mark is recommended. Lines are {} intervals. What decides \
            the same class for everybody is left out.{}</figcaption>
            </figure>""",
            attribute,
            FrontierPlot.of("plot-" + index, record.aim().bias().title(), attribute, points),
            record.aim().bias().title(),
            attribute,
            Confidence.of(record.models().get(0).comparison().deployed().settings()),
            record.several() ? symbols() : ""));
  }

  private String symbols() {
    return " Circles: %s; squares: %s."
        .formatted(
            record.models().get(0).name(),
            record.models().stream()
                .skip(1)
                .map(MethodsRecord.OfModel::name)
                .collect(Collectors.joining(", ")));
  }

  private List<String> attributes() {
    return record.models().get(0).comparison().attributes();
  }

  private static Optional<FrontierPlot.Point> point(
      int number,
      int model,
      AuditResult audit,
      Optional<Estimate> against,
      boolean pale,
      boolean recommended) {
    return against.isPresent()
            && against.get() instanceof Estimate.Known bias
            && audit.overallAccuracy() instanceof Estimate.Known accuracy
        ? Optional.of(new FrontierPlot.Point(number, model, bias, accuracy, pale, recommended))
        : Optional.empty();
  }

  private Section figures(MethodsRecord.OfModel model) {
    MethodComparison comparison = model.comparison();
    List<Html> rows = new ArrayList<>();
    rows.add(figures(comparison, 0, "the model as it is", "", comparison.deployed(), "", false));
    for (Contender contender : comparison.contenders()) {
      rows.add(
          figures(
              comparison,
              record.number(contender.method()),
              contender.method().code(),
              contender.form(),
              contender.measured().after(),
              note(comparison, contender),
              comparison.recommended().equals(Optional.of(contender.method()))));
    }
    List<Html> heads = new ArrayList<>();
    heads.add(HtmlTable.head("Method"));
    for (String attribute : attributes()) {
      heads.add(
          HtmlTable.head(
              "%s by %s, points"
                  .formatted(
                      Numbers.capitalized(comparison.limits().aim().bias().title()), attribute)));
      heads.add(HtmlTable.head("Average of groups"));
      heads.add(HtmlTable.head("Worst group"));
    }
    heads.add(HtmlTable.head("Overall accuracy"));
    heads.add(HtmlTable.textHead(Numbers.capitalized(comparison.limits().aim().title()) + " gets"));
    return Section.of(
        "figures-" + record.models().indexOf(model),
        "What gets better, what gets worse" + record.of(model),
        List.of(
            HtmlTable.of(
                "Figures of every method" + record.of(model),
                "On rows that nothing was learned from. Which form of a method is shown was decided on calibration"
                    + " rows: the best within the limits.",
                heads,
                rows),
            inapplicable(comparison)));
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
      MethodComparison comparison,
      int number,
      String name,
      String form,
      AuditResult audit,
      String note,
      boolean bold) {
    Unit points = MethodsRecord.unit(comparison.limits().aim());
    return Html.of(
        "<tr><th scope=\"row\"{}>{} {}<small>{}</small></th>{}<td>{}{}</td><td class=\"text\">{}</td></tr>",
        Html.when(!bold, " class=\"plain\""),
        number,
        name,
        form,
        attributes().stream()
            .map(
                attribute ->
                    Html.of(
                        "<td>{}{}</td><td>{}</td><td>{}</td>",
                        comparison.bias(audit, attribute).map(points::show).orElse("–"),
                        comparison
                            .bias(audit, attribute)
                            .map(bias -> interval(bias, points))
                            .orElse(Html.NONE),
                        Unit.PERCENT.show(audit.attribute(attribute).averageGroupAccuracy()),
                        Unit.PERCENT.show(audit.attribute(attribute).worstGroupAccuracy())))
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
        "<h3>Methods that do not apply</h3>\n<ul>{}</ul>",
        comparison.inapplicable().entrySet().stream()
            .map(
                (Map.Entry<Method, String> entry) ->
                    Html.of("<li>{}: {}</li>", entry.getKey().code(), entry.getValue()))
            .toList());
  }
}
