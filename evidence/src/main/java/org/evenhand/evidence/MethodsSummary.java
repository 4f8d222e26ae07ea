package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.repair.Contender;
import org.evenhand.repair.MethodComparison;

/**
 * Methods on one model in a summary.
 *
 * @param names to show for classes and values
 * @param page that they are added to
 */
record MethodsSummary(Presentation names, Markdown page) {
  void write(MethodsRecord.OfModel model) {
    MethodComparison comparison = model.comparison();
    page.paragraph(
        "**%s:** %s is recommended; %s"
            .formatted(
                Markdown.escaped(model.name()),
                comparison.recommended().map(method -> method.code()).orElse("nothing"),
                said(comparison.why())));
    for (String attribute : comparison.attributes()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(method("as it is", comparison, comparison.deployed(), attribute));
      for (Contender contender : comparison.contenders()) {
        rows.add(
            method(contender.method().code(), comparison, contender.measured().after(), attribute));
      }
      page.table(
          List.of(
              "by " + attribute,
              Numbers.capitalized(comparison.limits().aim().bias().title()),
              "interval",
              "overall accuracy",
              "interval",
              "worst group"),
          rows);
    }
  }

  private static List<String> method(
      String name, MethodComparison comparison, AuditResult audit, String attribute) {
    AttributeAudit of = audit.attribute(attribute);
    Numbers.Unit points = MethodsRecord.unit(comparison.limits().aim());
    Optional<Estimate> bias = comparison.bias(audit, attribute);
    return List.of(
        name,
        bias.map(points::show).orElse("–"),
        bias.map(known -> Summary.interval(points, known)).orElse(""),
        Numbers.Unit.PERCENT.show(audit.overallAccuracy()),
        Summary.interval(Numbers.Unit.PERCENT, audit.overallAccuracy()),
        Numbers.Unit.PERCENT.show(of.worstGroupAccuracy()));
  }

  private String said(String sentence) {
    return Markdown.escaped(names.inSentence(sentence));
  }
}
