package org.evenhand.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.Metric;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.RowsUsed;
import org.evenhand.core.CoreException;
import org.evenhand.repair.Contender;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.RepairJudgement.AimFinding;

/**
 * A summary in Markdown, for a page that a build shows: verdict, figures with their intervals,
 * harms, people and files.
 */
public final class Summary {
  private static final List<String> FIGURES = List.of("figure", "value", "interval");

  private final Presentation names;
  private final Markdown page = new Markdown();

  private Summary(Presentation names) {
    this.names = names;
  }

  /**
   * Adds the summary of an audit or a repair to the end of a file, which is made if it is not
   * there: the steps of a build share one file.
   *
   * @param evidence what is told
   * @param files that were written, by role
   * @param file of Markdown
   * @throws CoreException if it cannot be written
   */
  public static void append(Evidence evidence, Map<String, Path> files, Path file) {
    append(of(evidence, files), file);
  }

  /**
   * Adds the summary of a comparison of methods to the end of a file, which is made if it is not
   * there.
   *
   * @param methods what is told
   * @param files that were written, by role
   * @param file of Markdown
   * @throws CoreException if it cannot be written
   */
  public static void append(MethodsRecord methods, Map<String, Path> files, Path file) {
    append(of(methods, files), file);
  }

  private static void append(String markdown, Path file) {
    try {
      Files.writeString(
          file,
          markdown,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CoreException("The summary '%s' cannot be written (%s).".formatted(file, e));
    }
  }

  static String of(Evidence evidence, Map<String, Path> files) {
    Summary summary = new Summary(evidence.presentation());
    summary.title(
        "Bias %s of %s"
            .formatted(
                evidence.change().isPresent() ? "repair" : "audit",
                evidence.model().map(Page::fileName).orElse("recorded answers")));
    evidence.change().ifPresentOrElse(summary::repair, () -> summary.audit(evidence.deployed()));
    summary.files(files);
    return summary.page.toString();
  }

  static String of(MethodsRecord methods, Map<String, Path> files) {
    Summary summary = new Summary(methods.presentation());
    summary.title("Methods of repair compared");
    methods.models().forEach(model -> summary.methods(model.name(), model.comparison()));
    summary.files(files);
    return summary.page.toString();
  }

  private void title(String usual) {
    page.heading(names.title().orElse(usual));
    names
        .preparedBy()
        .ifPresent(who -> page.paragraph("Prepared by " + Markdown.escaped(who) + "."));
  }

  private void audit(AuditResult audit) {
    page.paragraph(Markdown.escaped("Measured on %s.".formatted(rows(audit))));
    for (AttributeAudit attribute : audit.attributes()) {
      page.paragraph(verdict(audit, attribute) + " " + said(attribute.explanation()));
      attribute
          .counterfactualBias()
          .ifPresent(
              bias ->
                  page.paragraph(
                      "**On counterfactual pairs: %s.** %s"
                          .formatted(
                              Markdown.escaped(bias.verdict().toString()),
                              said(bias.explanation()))));
      List<List<String>> figures = new ArrayList<>();
      for (AttributeMetric metric : AttributeMetric.forPeople()) {
        figures.add(figure(metric, metric.of(attribute)));
      }
      for (OverallMetric metric : OverallMetric.values()) {
        figures.add(figure(metric, metric.of(audit)));
      }
      page.table(FIGURES, figures);
      fourFifths(attribute).ifPresent(sentence -> page.paragraph(Markdown.escaped(sentence)));
    }
  }

  private static String rows(AuditResult audit) {
    return audit
        .scope()
        .rows()
        .map(RowsUsed::sentence)
        .orElseGet(() -> Numbers.count(audit.rows()) + " rows");
  }

  private static String verdict(AuditResult audit, AttributeAudit attribute) {
    return "**%s: %s.**"
        .formatted(
            Markdown.escaped(attribute.attribute()),
            audit.scope().outcomes()
                ? Markdown.escaped(attribute.verdict().toString())
                : "no verdict, for want of true classes");
  }

  private static List<String> figure(Metric metric, Estimate estimate) {
    Numbers.Unit unit = Numbers.Unit.of(metric);
    return List.of(
        metric.title(),
        unit.show(estimate),
        estimate instanceof Estimate.Known known
            ? unit.interval(known)
            : ((Estimate.Unknown) estimate).reason());
  }

  private Optional<String> fourFifths(AttributeAudit attribute) {
    FourFifths check = attribute.fourFifths();
    return check.ratio() instanceof Estimate.Known ratio
        ? Optional.of(
            "Lowest selection rate over the highest (%s over %s): %s, %s."
                .formatted(
                    names.valueLabel(attribute.attribute(), check.lowest().orElse("")),
                    names.valueLabel(attribute.attribute(), check.highest().orElse("")),
                    Numbers.Unit.RATIO.show(ratio),
                    Numbers.Unit.RATIO.interval(ratio)))
        : Optional.empty();
  }

  private void repair(RepairRecord repair) {
    repair
        .declined()
        .ifPresent(
            reason ->
                page.paragraph(
                    "**Declined%s:** %s"
                        .formatted(
                            repair.stands() ? ", but written as was asked" : "", said(reason))));
    page.paragraph(
        "Measured on %s of the %s split, which nothing was fitted on."
            .formatted(rows(repair.before()), Markdown.escaped(repair.measured().rows())));
    for (AttributeAudit was : repair.before().attributes()) {
      AttributeAudit is = repair.after().attribute(was.attribute());
      page.paragraph(
          "**%s: %s before, %s %s.**"
              .formatted(
                  Markdown.escaped(was.attribute()),
                  Markdown.escaped(was.verdict().toString()),
                  Markdown.escaped(is.verdict().toString()),
                  repair.stands() ? "after" : "if it were repaired"));
      page.table(
          List.of("figure", "before", "interval", "after", "interval"), figures(repair, was, is));
    }
    page.list(findings(repair));
    page.list(
        repair.measured().effects().harms().stream()
            .map(
                harm ->
                    "**Harm (%s):** %s"
                        .formatted(Markdown.escaped(harm.code().code()), said(harm.text())))
            .toList());
    people(repair);
  }

  private List<List<String>> figures(RepairRecord repair, AttributeAudit was, AttributeAudit is) {
    List<List<String>> rows = new ArrayList<>();
    if (was.counterfactualBias().isPresent() && is.counterfactualBias().isPresent()) {
      rows.add(
          figures(
              "counterfactual bias",
              Numbers.Unit.FINE_POINTS,
              was.counterfactualBias().map(CounterfactualBias::judged).get(),
              is.counterfactualBias().map(CounterfactualBias::judged).get()));
    }
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      rows.add(figures(metric.title(), Numbers.Unit.of(metric), metric.of(was), metric.of(is)));
    }
    for (OverallMetric metric : OverallMetric.values()) {
      rows.add(
          figures(
              metric.title(),
              Numbers.Unit.of(metric),
              metric.of(repair.before()),
              metric.of(repair.after())));
    }
    return rows;
  }

  private static List<String> figures(
      String title, Numbers.Unit unit, Estimate before, Estimate after) {
    return List.of(
        title, unit.show(before), interval(unit, before), unit.show(after), interval(unit, after));
  }

  private static String interval(Numbers.Unit unit, Estimate estimate) {
    return estimate instanceof Estimate.Known known ? unit.interval(known) : "";
  }

  private static List<String> findings(RepairRecord repair) {
    List<String> findings = new ArrayList<>();
    for (AimFinding found : repair.judgement().findings()) {
      for (String attribute : repair.proposal().attributes()) {
        repair
            .measured()
            .effects()
            .attribute(attribute)
            .of(found.aim())
            .ifPresent(
                change ->
                    findings.add(
                        "**%s:** %s by %s changes by %s points (%s to %s)."
                            .formatted(
                                Numbers.capitalized(
                                    found.finding().toString().toLowerCase(Locale.ROOT)),
                                found.aim().title(),
                                Markdown.escaped(attribute),
                                Numbers.Unit.POINTS.signed(change.value()),
                                Numbers.Unit.POINTS.signed(change.low()),
                                Numbers.Unit.POINTS.signed(change.high()))));
      }
    }
    return findings;
  }

  private void people(RepairRecord repair) {
    String favourable = names.classLabel(repair.before().favourable());
    List<String> titles = new ArrayList<>(List.of("people", "decisions", "changed"));
    if (!favourable.isEmpty()) {
      titles.add("to " + favourable);
      titles.add("away from it");
    }
    titles.addAll(List.of("become right", "become wrong"));
    List<List<String>> rows = new ArrayList<>();
    for (PeopleChange people : repair.measured().people()) {
      List<Double> counts = new ArrayList<>(List.of(people.n(), people.changed()));
      if (!favourable.isEmpty()) {
        counts.addAll(List.of(people.toFavourable(), people.toUnfavourable()));
      }
      counts.addAll(List.of(people.becameRight(), people.becameWrong()));
      List<String> row = new ArrayList<>();
      row.add(people.attribute() + " = " + names.valueLabel(people.attribute(), people.value()));
      counts.forEach(count -> row.add(Numbers.count(count)));
      rows.add(row);
    }
    page.table(titles, rows);
  }

  private void methods(String model, MethodComparison comparison) {
    page.paragraph(
        "**%s:** %s is recommended; %s"
            .formatted(
                Markdown.escaped(model),
                comparison.recommended().map(method -> method.code()).orElse("nothing"),
                said(comparison.why())));
    for (String attribute : comparison.attributes()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(method("as it is", comparison.deployed(), attribute));
      for (Contender contender : comparison.contenders()) {
        rows.add(method(contender.method().code(), contender.measured().after(), attribute));
      }
      page.table(
          List.of(
              "by " + attribute,
              "Model Bias",
              "interval",
              "overall accuracy",
              "interval",
              "worst group"),
          rows);
    }
  }

  private static List<String> method(String name, AuditResult audit, String attribute) {
    AttributeAudit of = audit.attribute(attribute);
    return List.of(
        name,
        Numbers.Unit.POINTS.show(of.modelBias().estimate()),
        interval(Numbers.Unit.POINTS, of.modelBias().estimate()),
        Numbers.Unit.PERCENT.show(audit.overallAccuracy()),
        interval(Numbers.Unit.PERCENT, audit.overallAccuracy()),
        Numbers.Unit.PERCENT.show(of.worstGroupAccuracy()));
  }

  private void files(Map<String, Path> files) {
    page.list(
        files.entrySet().stream()
            .map(
                file ->
                    Numbers.capitalized(file.getKey())
                        + ": "
                        + Markdown.escaped(file.getValue().toString()))
            .toList());
  }

  private String said(String sentence) {
    return Markdown.escaped(names.inSentence(sentence));
  }
}
