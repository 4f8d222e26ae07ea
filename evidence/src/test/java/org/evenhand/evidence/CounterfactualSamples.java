package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.evenhand.core.CounterfactualPairs.Relation;

/** What counterparts show, made by hand. */
final class CounterfactualSamples {
  private CounterfactualSamples() {}

  /** The counterfactual bias of race, before or after a repair. */
  static CounterfactualBias race(boolean repaired) {
    return new CounterfactualBias(
        "race",
        Relation.SAME_INDIVIDUAL,
        1056,
        new Estimate.Known(
            repaired ? 0.012 : 0.064, repaired ? 0.011 : 0.062, repaired ? 0.013 : 0.066),
        Optional.empty(),
        Samples.known(repaired ? 0.011 : 0.041, 0.004),
        "yes",
        List.of(
            new CounterfactualBias.Direction(
                "Black",
                "White",
                635,
                Samples.known(repaired ? 0.004 : 0.06, 0.004),
                Samples.known(0.05, 0.01)),
            new CounterfactualBias.Direction(
                "White",
                "Black",
                421,
                Samples.known(repaired ? -0.004 : -0.07, 0.004),
                Samples.known(0.03, 0.01))),
        0.02,
        repaired ? Verdict.WITHIN_TOLERANCE : Verdict.BIASED,
        repaired ? "Within the tolerance." : "Above the tolerance of 2.00.");
  }

  /** Pairs of other people, and nothing known of a favourable class. */
  static CounterfactualBias otherPeople() {
    return new CounterfactualBias(
        "region",
        Relation.OTHER_INDIVIDUAL,
        200.5,
        new Estimate.Known(0.2, 0.18, 0.22),
        Optional.of(new Estimate.Known(0.03, 0.01, 0.05)),
        new Estimate.Unknown("Nobody recorded the pairs' decisions."),
        "",
        List.of(),
        0.02,
        Verdict.INSUFFICIENT_EVIDENCE,
        "On both sides of the tolerance of 2.00.");
  }

  /** Everything that counterparts can show. */
  static Evidence.Audit evidence() {
    Evidence.Audit plain = Samples.auditEvidence(Samples.race(false), Samples.region());
    return new Evidence.Audit(
        plain.commandLine(),
        plain
            .result()
            .withCounterfactualBias(
                List.of(race(false), otherPeople()), List.of(race(true), race(false))),
        plain.provenance());
  }
}
