package org.evenhand.evidence;

import java.util.List;

/** The report of an audit or a repair: one page, verdict first. */
final class Report {
  private Report() {}

  static String of(Evidence evidence) {
    List<Comparison> comparisons = Comparison.of(evidence);
    return Page.of(
        ModelChange.of(evidence).isPresent() ? "Bias repair" : "Bias audit",
        evidence.model(),
        measured(evidence),
        evidence.provenance(),
        List.of(
            VerdictSection.of(evidence, comparisons),
            GroupsSection.of(comparisons),
            RatesSection.of(comparisons),
            CounterfactualSection.of(comparisons),
            changeSection(evidence),
            LimitsSection.of(evidence, comparisons),
            ReproduceSection.of(evidence)));
  }

  private static String measured(Evidence evidence) {
    return "Measured on %s rows%s"
        .formatted(
            Numbers.count(evidence.deployed().rows()),
            ModelChange.of(evidence)
                .map(change -> " of the " + change.measuredOn() + " split, not fitted on")
                .orElse(""));
  }

  private static Html changeSection(Evidence evidence) {
    if (evidence instanceof Evidence.Repair repair) {
      return RepairSection.of(repair.repair());
    }
    if (evidence instanceof Evidence.Unlearning unlearning) {
      return UnlearningSection.of(unlearning.unlearning());
    }
    return Html.NONE;
  }
}
