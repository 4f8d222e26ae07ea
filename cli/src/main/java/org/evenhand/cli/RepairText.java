package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.OverallMetric;
import org.evenhand.core.Goal;
import org.evenhand.eraser.Candidate;
import org.evenhand.eraser.Diagnosis;
import org.evenhand.eraser.RepairProposal;

/** A repair for a person at a terminal: before beside after. */
final class RepairText {
  private final PrintWriter out;

  RepairText(PrintWriter out) {
    this.out = out;
  }

  void print(RepairRun run, RepairRun.Delivery delivery) {
    RepairProposal proposal = run.proposal();
    boolean written = !delivery.files().isEmpty();
    for (String attribute : proposal.attributes()) {
      line(
          headline(proposal.declined().isPresent(), written),
          attribute,
          run.measured().before().attribute(attribute).verdict(),
          run.measured().after().attribute(attribute).verdict(),
          run.measured().before().rows(),
          run.division().measuredOn());
    }
    printFigures(run, written);
    line("");
    line("Estimator %s, %s.", proposal.estimator().code(), proposal.estimator().title());
    line("%s", proposal.why());
    if (proposal.candidates().size() > 1) {
      printCandidates(proposal);
    }
    for (Diagnosis diagnosis : proposal.diagnoses()) {
      diagnosis.warnings().forEach(warning -> line("Warning: %s", warning));
    }
    if (written) {
      line("");
      delivery.files().forEach((role, path) -> line("%-9s %s", role, path));
      if (!delivery.files().containsKey("model")) {
        line("");
        line(
            "No fused model: a URL does not hand out the model's own graph. Whoever asks it subtracts the patch's"
                + " output 'correction' from the log-probabilities and normalises.");
      }
    }
  }

  private void printCandidates(RepairProposal proposal) {
    line("");
    line(
        "%-5s %12s %12s %12s   on calibration rows not fitted",
        "", "Model Bias", "worst group", "average");
    for (Candidate candidate : proposal.candidates()) {
      String figures =
          candidate.fitted()
              ? String.format(
                  Locale.ROOT,
                  "%12.1f %12.1f %12.1f",
                  100 * candidate.modelBias(),
                  100 * candidate.worst(),
                  100 * candidate.average())
              : "%12s %12s %12s".formatted("-", "-", "-");
      line("%-5s %s   %s", candidate.estimator().code(), figures, candidate.note());
    }
  }

  private void printFigures(RepairRun run, boolean written) {
    RepairProposal proposal = run.proposal();
    AuditResult before = run.measured().before();
    AuditResult after = run.measured().after();
    AuditResult other = run.measured().afterOtherGoal();
    Goal otherGoal = proposal.goal() == Goal.UNIFORM ? Goal.KEEP_CLASS_PRIOR : Goal.UNIFORM;
    line("");
    line(
        "%-36s %22s %22s %22s",
        "",
        "before",
        (written ? "" : "tried: ") + proposal.goal().label(),
        "(" + otherGoal.label() + ")");
    for (String name : proposal.attributes()) {
      printAttribute(before.attribute(name), after.attribute(name), other.attribute(name));
    }
    for (OverallMetric metric : OverallMetric.values()) {
      row(metric.title(), metric.of(before), metric.of(after), metric.of(other));
    }
  }

  private void printAttribute(AttributeAudit was, AttributeAudit is, AttributeAudit would) {
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      row(was.attribute() + ": " + metric.title(), metric.of(was), metric.of(is), metric.of(would));
    }
  }

  private static String headline(boolean declined, boolean written) {
    String rows = " (%.0f %s rows that nothing was fitted on)";
    if (!declined) {
      return "%s: %s before, %s after" + rows;
    }
    return written
        ? "%s: repair declined but written, as --force asks; %s before, %s after" + rows
        : "%s: repair declined, nothing written; %s now, would be %s" + rows;
  }

  private void row(String name, Estimate before, Estimate after, Estimate other) {
    line("%-36s %22s %22s %22s", name, percent(before), percent(after), percent(other));
  }

  private static String percent(Estimate estimate) {
    return estimate instanceof Estimate.Known known
        ? String.format(
            Locale.ROOT,
            "%.1f [%.1f, %.1f]",
            100 * known.value(),
            100 * known.low(),
            100 * known.high())
        : "unknown";
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
