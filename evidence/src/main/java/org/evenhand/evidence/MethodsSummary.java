package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
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
        Summary.interval(Numbers.Unit.POINTS, of.modelBias().estimate()),
        Numbers.Unit.PERCENT.show(audit.overallAccuracy()),
        Summary.interval(Numbers.Unit.PERCENT, audit.overallAccuracy()),
        Numbers.Unit.PERCENT.show(of.worstGroupAccuracy()));
  }

  private String said(String sentence) {
    return Markdown.escaped(names.inSentence(sentence));
  }
}
