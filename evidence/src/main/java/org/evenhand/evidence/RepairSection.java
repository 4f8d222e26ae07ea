package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.evidence.RepairRecord.Candidate;
import org.evenhand.evidence.RepairRecord.Outcome;

/** What was done, why, and what it changed. */
final class RepairSection {
  private RepairSection() {}

  static Html of(RepairRecord repair) {
    return Html.of(
        """
        <section id="repair">
        <h2>{}</h2>
        <dl class="facts">
        <dt>Estimator</dt><dd><b>{}</b> ({})</dd>
        <dt>Why</dt><dd>{}</dd>
        <dt>Goal</dt><dd>{}: {}</dd>
        <dt>Strength</dt><dd>{} of the rule is subtracted</dd>
        <dt>Fitted on</dt><dd>{} rows of the {} split</dd>
        <dt>Measured on</dt><dd>{} rows of the {} split</dd>
        </dl>
        {}
        {}
        {}
        {}
        </section>""",
        repair.declined().isPresent() ? "What was tried" : "What was done",
        repair.choice().name(),
        repair.choice().method(),
        repair.choice().reason(),
        repair.goal().label(),
        repair.goal().meaning(),
        Numbers.fixed(100 * repair.strength(), 0) + "\u00a0%",
        Numbers.count(repair.fittedOn().rows()),
        repair.fittedOn().split(),
        Numbers.count(repair.before().rows()),
        repair.measuredOn(),
        goals(repair),
        FlipsTable.of(repair),
        candidates(repair.choice().candidates()),
        repair.diagnoses().stream().map(DiagnosisTables::of).toList());
  }

  private static Html goals(RepairRecord repair) {
    if (repair.outcomes().isEmpty()) {
      return Html.NONE;
    }
    List<SideBySide.Series> series = new ArrayList<>();
    series.add(new SideBySide.Series("deployed model", false, repair.before()));
    for (Outcome outcome : repair.outcomes()) {
      series.add(
          new SideBySide.Series(
              outcome.goal().label(), outcome.goal() == repair.goal(), outcome.after()));
    }
    return SideBySide.of("The goals side by side", "The goal in bold is the one chosen.", series);
  }

  private static Html candidates(List<Candidate> candidates) {
    return CandidatesTable.of(
        "Estimators compared",
        "By cross-validation: each fitted row corrected by a rule that was not fitted on it.",
        List.of("Estimator", "Worst group", "Model Bias", "Average of groups", "Note"),
        candidates.stream()
            .map(
                candidate ->
                    new CandidatesTable.Row(
                        candidate.name(),
                        candidate.method(),
                        candidate.chosen(),
                        List.of(
                            Unit.PERCENT.show(candidate.worstGroupAccuracy()),
                            Unit.POINTS.show(candidate.modelBias()),
                            Unit.PERCENT.show(candidate.averageGroupAccuracy())),
                        candidate.note()))
            .toList());
  }
}
