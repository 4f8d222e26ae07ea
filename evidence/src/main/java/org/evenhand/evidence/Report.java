package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.RowsUsed;

/**
 * The report of an audit or a repair. What a decision needs comes first: verdict, people,
 * four-fifths check, trade-off, next steps; then the detail, and how to get it again.
 */
final class Report {
  private Report() {}

  static String of(Evidence raw) {
    Evidence evidence = LabelledEvidence.of(raw);
    List<Comparison> comparisons = Comparison.of(evidence);
    List<Section> sections = new ArrayList<>();
    sections.add(VerdictSection.of(evidence, comparisons));
    sections.add(PeopleSection.of(evidence, comparisons));
    sections.add(FourFifthsSection.of(comparisons));
    evidence.change().map(TradeOffSection::of).ifPresent(sections::add);
    sections.add(NextSteps.section(NextSteps.of(evidence, comparisons)));
    sections.add(GroupsSection.of(comparisons));
    sections.add(RatesSection.of(comparisons));
    sections.add(TablesSection.of(evidence.deployed().tables()));
    sections.add(CounterfactualSection.of(comparisons));
    evidence.change().map(RepairSection::of).ifPresent(sections::add);
    evidence.change().flatMap(RepairRecord::images).map(ImagesSection::of).ifPresent(sections::add);
    sections.addAll(LimitsSection.of(evidence, comparisons));
    sections.add(ReproduceSection.of(evidence));
    return new Page(
            evidence.change().isPresent() ? "Bias repair" : "Bias audit",
            evidence.model(),
            measured(evidence),
            evidence.provenance(),
            evidence.presentation())
        .markup(sections);
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
