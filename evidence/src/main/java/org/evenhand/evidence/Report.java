package org.evenhand.evidence;

import java.util.List;
import org.evenhand.audit.RowsUsed;

/** The report of an audit or a repair: one page, verdict first. */
final class Report {
  private Report() {}

  static String of(Evidence evidence) {
    List<Comparison> comparisons = Comparison.of(evidence);
    return Page.of(
        evidence.change().isPresent() ? "Bias repair" : "Bias audit",
        evidence.model(),
        measured(evidence),
        evidence.provenance(),
        List.of(
            VerdictSection.of(evidence, comparisons),
            GroupsSection.of(comparisons),
            RatesSection.of(comparisons),
            TablesSection.of(evidence.deployed().tables()),
            CounterfactualSection.of(comparisons),
            evidence.change().map(RepairSection::of).orElse(Html.NONE),
            LimitsSection.of(evidence, comparisons),
            ReproduceSection.of(evidence)));
  }

  private static String measured(Evidence evidence) {
    return "Measured on %s%s"
        .formatted(
            evidence
                .deployed()
                .scope()
                .rows()
                .map(RowsUsed::sentence)
                .orElseGet(() -> Numbers.count(evidence.deployed().rows()) + " rows"),
            evidence
                .change()
                .map(repair -> " of the " + repair.measured().rows() + " split, not fitted on")
                .orElse(""));
  }
}
