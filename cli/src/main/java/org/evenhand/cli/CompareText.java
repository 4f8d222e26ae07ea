package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.MethodsRecord;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.MethodComparison;

/** A comparison of methods for a person at a terminal. */
final class CompareText {
  private final PrintWriter out;

  CompareText(PrintWriter out) {
    this.out = out;
  }

  void print(MethodsRecord record) {
    for (MethodsRecord.OfModel model : record.models()) {
      line("%s, measured on the %s rows", model.name(), model.comparison().measuredOn());
      model.comparison().attributes().forEach(name -> print(model.comparison(), name));
      model
          .comparison()
          .inapplicable()
          .forEach((method, reason) -> line("does not apply: %s: %s", method.code(), reason));
      line(
          "recommended: %s; %s",
          model.comparison().recommended().map(method -> method.code()).orElse("nothing"),
          model.comparison().why());
      line("");
    }
    line(
        "* the model as it is, or another method that needs no more access, is at least as good in both figures");
  }

  private void print(MethodComparison comparison, String attribute) {
    List<Contender> contenders = comparison.contenders();
    line("by '%s':", attribute);
    line(
        "  %-24s %-22s %-22s %8s %8s  %-10s %s",
        "method",
        comparison.limits().aim().bias().title(),
        "overall accuracy",
        "average",
        "worst",
        "relies on",
        "");
    print("as it is", comparison, comparison.deployed(), attribute, "", "");
    for (Contender contender : contenders) {
      print(
          contender.method().code() + (comparison.isDominated(contender) ? " *" : ""),
          comparison,
          contender.measured().after(),
          attribute,
          contender.method().access().code(),
          comparison.recommended().equals(Optional.of(contender.method()))
              ? "recommended"
              : comparison.mayBeChosen(contender) ? "" : "outside the limits");
    }
  }

  private void print(
      String name,
      MethodComparison comparison,
      AuditResult audit,
      String attribute,
      String access,
      String note) {
    int digits = comparison.limits().aim().bias() == Aim.COUNTERFACTUAL_BIAS ? 2 : 1;
    AttributeAudit of = audit.attribute(attribute);
    line(
        "  %-24s %-22s %-22s %8s %8s  %-10s %s",
        name,
        comparison.bias(audit, attribute).map(bias -> interval(bias, digits)).orElse("not flipped"),
        interval(audit.overallAccuracy(), 1),
        value(of.averageGroupAccuracy()),
        value(of.worstGroupAccuracy()),
        access,
        note);
  }

  private static String interval(Estimate estimate, int digits) {
    String number = "." + digits + "f";
    return estimate instanceof Estimate.Known known
        ? String.format(
            Locale.ROOT,
            "%5" + number + " [%" + number + ", %" + number + "]",
            100 * known.value(),
            100 * known.low(),
            100 * known.high())
        : "unknown";
  }

  private static String value(Estimate estimate) {
    return estimate instanceof Estimate.Known known
        ? String.format(Locale.ROOT, "%.1f", 100 * known.value())
        : "unknown";
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }
}
