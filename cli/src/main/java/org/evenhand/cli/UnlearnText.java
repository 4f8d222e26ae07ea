package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.unlearning.UnlearningProposal;

/** An edited head for a person at a terminal: before beside after. */
final class UnlearnText {
  private final PrintWriter out;

  UnlearnText(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param files those written, by role; none if the edit was declined
   */
  void print(UnlearnRun.Measured run, Map<String, Path> files) {
    UnlearningProposal proposal = run.proposal();
    line(
        "%.0f %s rows that nothing was fitted on",
        run.before().rows(), run.run().division().measuredOn());
    line("");
    line("%-36s %24s %24s", "", "before", files.isEmpty() ? "tried" : "after");
    for (AttributeAudit was : run.before().attributes()) {
      print(was, run.after().attribute(was.attribute()));
    }
    for (OverallMetric metric : OverallMetric.values()) {
      row(metric.title(), metric.of(run.before()), metric.of(run.after()));
    }
    line("");
    line("Update '%s': %s.", proposal.update().code(), proposal.update().title());
    line("Settings: %s.", proposal.settings());
    printCandidates(proposal);
    UnlearningProposal.Certificate certificate = proposal.certificate();
    line("");
    line(
        "%s: %d numbers, changed by %.1f %% of their norm; gradient left %.2g, condition number %.2g.",
        run.run().deployed().describeHead(),
        certificate.parameters(),
        100 * certificate.relativeChange(),
        certificate.gradientResidual(),
        certificate.conditionNumber());
    if (!files.isEmpty()) {
      line("");
      files.forEach((role, path) -> line("%-9s %s", role, path));
    }
  }

  private void print(AttributeAudit was, AttributeAudit is) {
    String name = was.attribute() + ": ";
    was.counterfactualBias()
        .ifPresent(
            bias -> {
              CounterfactualBias after = is.counterfactualBias().orElse(bias);
              row(name + PairsMetric.COUNTERFACTUAL_BIAS.title(), bias.judged(), after.judged());
              line("%-36s %24s %24s", "", bias.verdict(), after.verdict());
            });
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      row(name + metric.title(), metric.of(was), metric.of(is));
    }
  }

  private void printCandidates(UnlearningProposal proposal) {
    line("");
    line(
        "%-12s %20s %12s   on pairs and rows that it was not fitted to",
        "", "counterfactual bias", "accuracy");
    line(
        "%-12s %20.2f %12.2f",
        "as deployed", 100 * proposal.before().bias(), 100 * proposal.before().accuracy());
    for (UnlearningProposal.Candidate candidate : proposal.candidates()) {
      line(
          "%-12s %20.2f %12.2f   %s",
          candidate.update().code(),
          100 * candidate.judged().bias(),
          100 * candidate.judged().accuracy(),
          candidate.settings());
    }
  }

  private void row(String name, Estimate before, Estimate after) {
    line("%-36s %24s %24s", name, percent(before), percent(after));
  }

  private static String percent(Estimate estimate) {
    return estimate instanceof Estimate.Known known
        ? String.format(
            Locale.ROOT,
            "%.2f [%.2f, %.2f]",
            100 * known.value(),
            100 * known.low(),
            100 * known.high())
        : "unknown";
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
