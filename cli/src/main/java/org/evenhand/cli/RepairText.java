package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Goal;
import org.evenhand.eraser.RepairProposal;

/** A repair for a person at a terminal: before beside after. */
final class RepairText {
  private final PrintWriter out;

  RepairText(PrintWriter out) {
    this.out = out;
  }

  void print(RepairRun run, RepairRun.Delivery delivery) {
    RepairProposal proposal = run.proposal();
    String attribute = proposal.attribute();
    AuditResult before = run.measured().before();
    AuditResult after = run.measured().after();
    AuditResult other = run.measured().afterOtherGoal();
    Goal otherGoal = proposal.goal() == Goal.UNIFORM ? Goal.KEEP_CLASS_PRIOR : Goal.UNIFORM;
    boolean written = !delivery.files().isEmpty();
    line(
        headline(proposal.declined().isPresent(), written),
        attribute,
        before.attribute(attribute).verdict(),
        after.attribute(attribute).verdict(),
        before.rows(),
        run.division().measuredOn());
    line("");
    line(
        "%-24s %22s %22s %22s",
        "",
        "before",
        (written ? "" : "tried: ") + proposal.goal().label(),
        "(" + otherGoal.label() + ")");
    AttributeAudit was = before.attribute(attribute);
    AttributeAudit is = after.attribute(attribute);
    AttributeAudit would = other.attribute(attribute);
    row(
        "Model Bias",
        was.modelBias().estimate(),
        is.modelBias().estimate(),
        would.modelBias().estimate());
    row(
        "worst group accuracy",
        was.worstGroupAccuracy(),
        is.worstGroupAccuracy(),
        would.worstGroupAccuracy());
    row(
        "average group accuracy",
        was.averageGroupAccuracy(),
        is.averageGroupAccuracy(),
        would.averageGroupAccuracy());
    row(
        "overall accuracy",
        before.overallAccuracy(),
        after.overallAccuracy(),
        other.overallAccuracy());
    line("");
    line("Estimator %s, %s.", proposal.estimator().code(), proposal.estimator().title());
    line("%s", proposal.why());
    proposal.diagnosis().warnings().forEach(warning -> line("Warning: %s", warning));
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
    line("%-24s %22s %22s %22s", name, percent(before), percent(after), percent(other));
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
