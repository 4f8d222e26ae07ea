package org.evenhand.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.Metric;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.RowsUsed;
import org.evenhand.core.CoreException;

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
    evidence
        .change()
        .ifPresentOrElse(
            new RepairSummary(summary.names, summary.page)::write,
            () -> summary.audit(evidence.deployed()));
    summary.files(files);
    return summary.page.toString();
  }

  static String of(MethodsRecord methods, Map<String, Path> files) {
    Summary summary = new Summary(methods.presentation());
    summary.title("Methods of repair compared");
    MethodsSummary comparisons = new MethodsSummary(summary.names, summary.page);
    methods.models().forEach(comparisons::write);
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

  static String rows(AuditResult audit) {
    return audit
        .scope()
        .rows()
        .map(RowsUsed::sentence)
        .orElseGet(() -> Numbers.count(audit.rows()) + " rows");
  }

  static String interval(Numbers.Unit unit, Estimate estimate) {
    return estimate instanceof Estimate.Known known ? unit.interval(known) : "";
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
